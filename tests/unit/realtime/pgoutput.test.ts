import { expect, test } from 'vitest';
import { createPgoutputDecoder } from '../../../supabase/local/realtime/pgoutput.ts';
import { toStoredBroadcast } from '../../../supabase/local/realtime/stored-broadcast.ts';

const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 0xffff)]);
const text = (value: string) => Buffer.from(`${value}\0`);

function relation(id: number, columns: readonly string[]): Buffer {
  const described = columns.map((name) => Buffer.concat([Buffer.from([0]), text(name), int32(25), int32(-1)]));
  const head = [Buffer.from('R'), int32(id), text('realtime'), text('messages'), Buffer.from('d')];
  return Buffer.concat([...head, int16(columns.length), ...described]);
}

function insert(id: number, values: readonly (string | null)[]): Buffer {
  const tuple = values.map((value) => {
    if (value === null) return Buffer.from('n');
    return Buffer.concat([Buffer.from('t'), int32(Buffer.byteLength(value)), Buffer.from(value)]);
  });
  return Buffer.concat([Buffer.from('I'), int32(id), Buffer.from('N'), int16(values.length), ...tuple]);
}

const COLUMNS = ['topic', 'extension', 'payload', 'event', 'private', 'id', 'binary_payload'];
const ROW = ['chat:1:1', 'broadcast', '{"a": "ü"}', 'change', 't', 'an id', null] as const;

function decodeRow(values: readonly (string | null)[]) {
  const decoder = createPgoutputDecoder();
  decoder.decode(relation(16_400, COLUMNS));
  const row = decoder.decode(insert(16_400, values));
  return row && toStoredBroadcast(row);
}

const changed = (change: Partial<Record<(typeof COLUMNS)[number], string | null>>) =>
  COLUMNS.map((column, index) => (column in change ? (change[column] ?? null) : (ROW[index] ?? null)));

test('an insert is a row with the columns of its relation', () => {
  expect(decodeRow(ROW)).toEqual({
    topic: 'chat:1:1',
    private: true,
    broadcast: { event: 'change', encoding: 'json', payload: Buffer.from('{"a": "ü"}'), meta: { id: 'an id' } },
  });
});

test('bytes come out of their hexadecimal text', () => {
  expect(decodeRow(changed({ payload: null, binary_payload: '\\x00ff10' }))?.broadcast).toMatchObject({
    encoding: 'binary',
    payload: Buffer.from([0, 255, 16]),
  });
});

test('a payload is a copy, because the driver uses its buffer again', () => {
  const decoder = createPgoutputDecoder();
  decoder.decode(relation(1, COLUMNS));
  const message = insert(1, ROW);
  const row = decoder.decode(message);
  const stored = row && toStoredBroadcast(row);
  message.fill(0);
  expect(String(stored?.broadcast.payload)).toBe('{"a": "ü"}');
});

test.for([{ extension: 'presence' }, { event: null }, { payload: null }])(
  'a row with %o is nothing to deliver',
  (change) => {
    expect(decodeRow(changed(change))).toBeNull();
  },
);

test('what is not private is told apart', () => {
  expect(decodeRow(changed({ private: 'f' }))?.private).toBe(false);
  expect(decodeRow(changed({ private: null }))?.private).toBe(false);
});

test('messages other than inserts say nothing, and damaged ones are errors', () => {
  const decoder = createPgoutputDecoder();
  expect(decoder.decode(Buffer.from('B'))).toBeNull();
  expect(() => decoder.decode(insert(7, ['x']))).toThrow('before its relation');
  expect(() => decoder.decode(relation(1, COLUMNS).subarray(0, 30))).toThrow();
});
