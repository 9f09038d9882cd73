/** Facts that may stand in a log: ids, states, durations, error classes. Never what people wrote, their names, tokens or keys. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type Log = (event: string, fields: LogFields) => void;

/** One JSON line per event on standard output, where the platform collects it. */
// biome-ignore lint/suspicious/noConsole: standard output is where the platform collects logs
export const logLine: Log = (event, fields) => console.log(JSON.stringify({ event, ...fields }));

/** Logs an error nobody expected: its class and where it arose, without its message, which may quote what people wrote. */
export function logUnexpected(log: Log, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  const frames = (error instanceof Error ? (error.stack ?? '') : '').split('\n').filter((line) => /^\s+at /.test(line));
  log('unexpected', {
    name,
    code,
    at: frames
      .slice(0, 4)
      .map((frame) => frame.trim())
      .join(' < '),
  });
}
