/** Command-line settings of our Postgres. */
export function postgresSettings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: 200,
    shared_preload_libraries: 'pg_stat_statements',
    wal_level: 'logical',
    max_slot_wal_keep_size: '1GB',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    // Off would let a commit reach the WAL reader only after a while.
    synchronous_commit: 'on',
    // Statements and parameters hold what people write: they are never logged.
    log_min_error_statement: 'panic',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_min_messages: 'fatal',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
