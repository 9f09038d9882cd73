/** A statement short enough for a table, without what differs from run to run. */
export function brief(statement: string): string {
  const line = statement
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
  return line.length <= 90 ? line : `${line.slice(0, 89)}…`;
}
