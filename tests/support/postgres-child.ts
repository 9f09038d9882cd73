/**
 * Runs as a process of its own: starts Postgres on the folder that is its argument, says so in a line of JSON, and stays until it
 * is killed. For the tests of what happens then.
 */
import { startPostgres } from '../../supabase/local/postgres/postgres.ts';

const [folder = ''] = process.argv.slice(2);
const server = await startPostgres({ folder, port: 0, password: 'lifecycle', durable: true });
process.stdout.write(`${JSON.stringify({ url: server.adminUrl() })}\n`);
process.stdin.on('close', () => void server.stop().then(() => process.exit())).resume();
