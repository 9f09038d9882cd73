/** The log of a chat: what was done in it, by whom and when. Sealed by the database (20261127003610_audit_chain.sql). */

/** A row as the database seals and exports it, under its own names. `details` depends on `type`. */
export interface LogLine {
  readonly chat_id: string;
  /** From 1, without gaps. */
  readonly number: number;
  readonly at: string;
  readonly actor_id: string | null;
  readonly type: string;
  readonly subject_id: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** Seal of the row before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** The latest row of a log: whoever knows its seal can tell whether an export was cut off. */
export type LogHead = Pick<LogLine, 'number' | 'hash'>;

export interface LogHeader {
  readonly format: typeof LOG_FORMAT;
  readonly chat_id: string;
  readonly title: string;
  readonly exported_at: string;
  readonly head: LogHead;
  /** What people were called when this was exported, by id. Not sealed. */
  readonly people: Readonly<Record<string, string>>;
}

/** Rows of a page. */
export const LOG_PAGE = 100;

export const LOG_FORMAT = 'sideroom-log-1';

/** An export: a line of JSON for the header and one for each row, the oldest first. */
export function writeLog(header: LogHeader, rows: readonly LogLine[]): string {
  return [header, ...rows].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** A seal as people compare it: its first characters, in groups of four. */
export function shortSeal(hash: string): string {
  return hash.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');
}
