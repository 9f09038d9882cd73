import { describe, expect, test } from 'vitest';
import type { Broadcast } from '../../../supabase/local/realtime/broadcast.ts';
import {
  BadFrame,
  decodeFrame,
  encodeBroadcast,
  encodeFrame,
  type Version,
} from '../../../supabase/local/realtime/frames.ts';

const VERSIONS: readonly Version[] = ['1.0.0', '2.0.0'];
const text = (value: unknown) => Buffer.from(JSON.stringify(value));
const json = (payload: string): Broadcast => ({ event: 'é', encoding: 'json', payload: Buffer.from(payload) });

/** A client's binary broadcast, as the protocol describes it. */
function push(names: readonly string[], encoding: number, payload: string, kind = 3): Buffer {
  const strings = names.map((name) => Buffer.from(name));
  const head = Buffer.from([kind, ...strings.map((string) => string.length), encoding]);
  return Buffer.concat([head, ...strings, Buffer.from(payload)]);
}

test('a text message means the same in both versions', () => {
  const v1 = text({ topic: 'realtime:t', event: 'presence', payload: { a: 1 }, ref: '2', join_ref: '1' });
  const v2 = text(['1', '2', 'realtime:t', 'presence', { a: 1 }]);
  const meaning = {
    kind: 'message',
    joinRef: '1',
    ref: '2',
    topic: 'realtime:t',
    event: 'presence',
    payload: { a: 1 },
  };
  expect(decodeFrame('1.0.0', v1, false)).toEqual(meaning);
  expect(decodeFrame('2.0.0', v2, false)).toEqual(meaning);
});

test.for(VERSIONS)('%s: a text broadcast is a broadcast', (version) => {
  const content = { type: 'broadcast', event: 'e', payload: { a: 'ü' } };
  const frame =
    version === '1.0.0'
      ? { topic: 'realtime:t', event: 'broadcast', payload: content, ref: '2' }
      : [null, '2', 'realtime:t', 'broadcast', content];
  expect(decodeFrame(version, text(frame), false)).toEqual({
    kind: 'broadcast',
    joinRef: null,
    ref: '2',
    topic: 'realtime:t',
    broadcast: { event: 'e', encoding: 'json', payload: Buffer.from('{"a":"ü"}') },
  });
});

test('a binary broadcast keeps its payload byte for byte, and its names are counted in bytes', () => {
  expect(decodeFrame('2.0.0', push(['7', '8', 'realtime:ü', 'é', '{"persist":true}'], 1, '{ "a" : 1 }'), true)).toEqual(
    {
      kind: 'broadcast',
      joinRef: '7',
      ref: '8',
      topic: 'realtime:ü',
      broadcast: json('{ "a" : 1 }'),
    },
  );
});

describe('what is no frame is refused', () => {
  const frames: [string, Version, Buffer, boolean][] = [
    ['no JSON', '2.0.0', Buffer.from('{'), false],
    ['an array of four', '2.0.0', text([null, '1', 'realtime:t', 'e']), false],
    ['an object in version 2', '2.0.0', text({ topic: 't', event: 'e' }), false],
    ['an array in version 1', '1.0.0', text([null, '1', 't', 'e', {}]), false],
    ['no topic', '1.0.0', text({ event: 'e' }), false],
    ['an object as ref', '2.0.0', text([{}, '1', 't', 'e', {}]), false],
    ['a broadcast without event', '2.0.0', text([null, '1', 't', 'broadcast', {}]), false],
    ['binary in version 1', '1.0.0', push(['', '', 't', 'e', ''], 1, '{}'), true],
    ['another kind', '2.0.0', push(['', '', 't', 'e', ''], 1, '{}', 4), true],
    ['names longer than the frame', '2.0.0', push(['', '', 't', 'e', ''], 1, '').subarray(0, 8), true],
    ['a payload that is called JSON and is not', '2.0.0', push(['', '', 't', 'e', ''], 1, '{"a":'), true],
    ['nothing', '2.0.0', Buffer.alloc(0), true],
  ];
  test.for(frames)('%s', ([, version, data, binary]) => {
    expect(() => decodeFrame(version, data, binary)).toThrow(BadFrame);
  });
});

test('a reply is an object in version 1 and an array in version 2', () => {
  const frame = { joinRef: '1', ref: '2', topic: 'realtime:t', event: 'phx_reply', payload: { status: 'ok' } };
  expect(encodeFrame('1.0.0', frame)).toEqual({
    data: text({ topic: 'realtime:t', event: 'phx_reply', payload: { status: 'ok' }, ref: '2', join_ref: '1' }),
    binary: false,
  });
  expect(encodeFrame('2.0.0', frame)).toEqual({
    data: text(['1', '2', 'realtime:t', 'phx_reply', { status: 'ok' }]),
    binary: false,
  });
});

test('version 2 gets a broadcast in binary', () => {
  const packet = encodeBroadcast('2.0.0', 'realtime:t', { ...json('{"a":1}'), meta: { id: 'x' } });
  const names = ['realtime:t', 'é', '{"id":"x"}'].map((name) => Buffer.from(name));
  const head = Buffer.from([4, ...names.map((name) => name.length), 1]);
  expect(packet).toEqual({ data: Buffer.concat([head, ...names, Buffer.from('{"a":1}')]), binary: true });
});

test('version 1 gets a broadcast as JSON, and nothing of one that is bytes', () => {
  const packet = encodeBroadcast('1.0.0', 'realtime:t', { ...json('{"a":1}'), meta: { id: 'x', replayed: true } });
  expect(packet?.binary).toBe(false);
  expect(JSON.parse(String(packet?.data))).toEqual({
    topic: 'realtime:t',
    event: 'broadcast',
    ref: null,
    join_ref: null,
    payload: { type: 'broadcast', event: 'é', meta: { id: 'x', replayed: true }, payload: { a: 1 } },
  });
  expect(encodeBroadcast('1.0.0', 'realtime:t', { ...json('{}'), encoding: 'binary' })).toBeNull();
});
