import * as v from 'valibot';

/** Parses what the server sends into T. */
export type Row<T> = v.GenericSchema<unknown, T>;

export const id = v.pipe(v.string(), v.maxLength(64));
export const seq = v.pipe(v.number(), v.integer(), v.minValue(0));
export const count = seq;
/** Any form of timestamptz, as ISO 8601 in UTC. */
export const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => new Date(text).toISOString()),
);

/** For news that say no more than their name. */
export const anything: Row<unknown> = v.unknown();

type Camel<S> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail> & string>}` : S;
type CamelKeys<T> = { [K in keyof T as Camel<K> & string]: T[K] };

/** The same values under the model's names: `chat_id` becomes `chatId`. Not deep: inner rows have schemas of their own. */
export function camelKeys<T extends object>(row: T): CamelKeys<T> {
  const entries = Object.entries(row).map(([key, value]) => [
    key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as CamelKeys<T>;
}

/** Parses one value; what does not fit is a fault of the server or of this version, and surfaces. */
export function parseRow<T>(schema: Row<T>, value: unknown): T {
  return v.parse(schema, value);
}

/** The rows of a list that this version understands; a newer server may send others. */
export function parseRows<T>(schema: Row<T>, rows: unknown): T[] {
  return Array.isArray(rows) ? rows.flatMap((row) => tryParse(schema, row) ?? []) : [];
}

/** The value, or null when this version does not understand it. */
export function tryParse<T>(schema: Row<T>, value: unknown): T | null {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : null;
}
