import pg from 'pg';
import { postgrestTimestamp } from './timestamps.ts';

type Parse = (text: string) => unknown;

const OID = {
  int8: 20,
  json: 114,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  timetz: 1266,
  numeric: 1700,
  jsonb: 3802,
  textArray: 1009,
};

const asIs: Parse = (text) => text;

/** Where what lite expects differs from what the driver makes of a value by itself. */
const PARSERS = new Map<number, Parse>([
  [OID.int8, safeNumber],
  [OID.numeric, exactNumber],
  [OID.timestamp, postgrestTimestamp],
  [OID.timestamptz, postgrestTimestamp],
  ...[OID.date, OID.time, OID.timetz, OID.interval].map((oid): [number, Parse] => [oid, asIs]),
]);

/** How values come out of the database: as JSON would have them, exact where a number is not. */
export function typesFor(elementOf: ReadonlyMap<number, number>): pg.CustomTypesConfig {
  const parserOf = (oid: number): Parse => {
    const element = elementOf.get(oid);
    return element === undefined
      ? (PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, 'text') as Parse))
      : arrayOf(parserOf(element));
  };
  return {
    getTypeParser: ((oid: number, format?: string) =>
      format === 'binary'
        ? pg.types.getTypeParser(oid, 'binary')
        : parserOf(oid)) as pg.CustomTypesConfig['getTypeParser'],
  };
}

/** A parameter as it goes into a place of this type; lite leaves that to its own driver, which asks the database first. */
export function serialize(value: unknown, oid: number | undefined, elementOf: ReadonlyMap<number, number>): unknown {
  if (value === null || value === undefined) return null;
  if (isJson(oid)) return JSON.stringify(value);
  if (value instanceof Date) return value.toISOString();
  if (!Array.isArray(value)) return value;
  const element = elementOf.get(oid ?? 0);
  // In an array of JSON, an array is a value; in any other, it is one more dimension.
  return value.map((item) => serialize(item, Array.isArray(item) && !isJson(element) ? oid : element, elementOf));
}

function isJson(oid: number | undefined): boolean {
  return oid === OID.json || oid === OID.jsonb;
}

function arrayOf(parse: Parse): Parse {
  const split = pg.types.getTypeParser(OID.textArray, 'text') as (text: string) => unknown[];
  const each = (item: unknown): unknown =>
    Array.isArray(item) ? item.map(each) : item === null ? null : parse(String(item));
  return (text) => split(text).map(each);
}

function safeNumber(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function exactNumber(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text ? value : text;
}
