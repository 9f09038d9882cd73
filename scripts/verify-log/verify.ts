import * as v from 'valibot';
import { LOG_FORMAT, type LogHead } from '../../lib/model/chat-log.ts';
import { sealOf } from './seal.ts';

/** What an export came to. Without faults it is whole up to its head; whether that was the latest row, only its seal tells. */
export interface Verdict {
  /** A sentence for each fault, in the order of the file. */
  readonly faults: readonly string[];
  readonly rows: number;
  /** As the file says; null when it does not. */
  readonly head: LogHead | null;
}

const NONE = '0'.repeat(64);

const seal = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const headerLine = v.object({
  format: v.literal(LOG_FORMAT),
  chat_id: v.string(),
  head: v.object({ number: v.number(), hash: seal }),
});
const rowLine = v.looseObject({ chat_id: v.string(), number: v.number(), previous: seal, hash: seal });
type Row = v.InferOutput<typeof rowLine>;

/**
 * Whether a file holds a chat's log as the database sealed it. `known`: a seal, or its beginning, that a member's panel showed; the
 * log must hold that row.
 */
export function verifyLog(text: string, known: string | null = null): Verdict {
  // Some editors put a mark before the first character.
  const [first = '', ...lines] = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const header = tryParse(headerLine, first);
  if (header === null) return { faults: ['This is not the log of a chat.'], rows: 0, head: null };
  const faults: string[] = [];
  const rows: Row[] = [];
  for (const [index, line] of lines.entries()) {
    const row = tryParse(rowLine, line);
    if (row === null) faults.push(`Line ${index + 2} is not a row of a log.`);
    else if (namesTwice(line)) faults.push(`Line ${index + 2} says something twice.`);
    else rows.push(row);
  }
  faults.push(...findEdits(rows, header.chat_id), ...findBreaks(rows), ...findEnd(rows, header.head));
  const wanted = known?.replace(/\s/g, '').toLowerCase() ?? '';
  if (wanted !== '' && !rows.some(({ hash }) => hash.startsWith(wanted)))
    faults.push(`No row has the seal ${wanted}: the log went on, or was another one.`);
  return { faults, rows: rows.length, head: header.head };
}

function findEdits(rows: readonly Row[], chatId: string): string[] {
  return rows.flatMap((row) => {
    if (sealOf(row) !== row.hash) return [`Row ${row.number} was edited: its seal does not fit.`];
    return row.chat_id === chatId ? [] : [`Row ${row.number} is of another chat.`];
  });
}

/** Where rows are missing, stand elsewhere, or do not belong together. */
function findBreaks(rows: readonly Row[]): string[] {
  const present = new Set(rows.map(({ number }) => number));
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const last = before?.number ?? 0;
    if (row.number <= last) return [`Row ${row.number} stands after row ${last}: the order was changed.`];
    if (row.number > last + 1) {
      const missing = range(last + 1, row.number - 1).filter((number) => !present.has(number));
      // What stands further down is told of where it stands.
      return missing.length === 0 ? [] : [`${rowWords(missing)} missing.`];
    }
    if (row.previous !== (before?.hash ?? NONE))
      return [`Row ${row.number} does not follow row ${last}: one of the two was replaced.`];
    return [];
  });
}

function findEnd(rows: readonly Row[], head: LogHead): string[] {
  const last = Math.max(0, ...rows.map(({ number }) => number));
  if (last < head.number)
    return [`${rowWords(range(last + 1, head.number))} cut off: the log went on to ${head.number}.`];
  if (last > head.number) return [`The log ended with row ${head.number} when this was exported, and goes on here.`];
  return (rows.at(-1)?.hash ?? NONE) === head.hash ? [] : [`The last row has not the seal that the file begins with.`];
}

function rowWords(numbers: readonly number[]): string {
  const [first] = numbers;
  return numbers.length === 1 ? `Row ${first} is` : `Rows ${first} to ${numbers.at(-1)} are`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** Of a name that stands twice in an object programs take the last, and readers perhaps the first. */
function namesTwice(line: string): boolean {
  const names = line.match(/"(?:[^"\\]|\\.)*"\s*:/g) ?? [];
  return names.length > countNames(JSON.parse(line));
}

function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, each) => sum + countNames(each), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** As it stands in the file: valibot would leave out names such as `constructor`, which nothing seals either. */
function tryParse<T>(schema: v.GenericSchema<unknown, T>, line: string): T | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return v.is(schema, parsed) ? (parsed as T) : null;
  } catch {
    return null;
  }
}
