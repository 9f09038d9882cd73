import { describe, expect, test } from 'vitest';
import { createJoinGate } from '../../../supabase/local/realtime/join-gate.ts';
import { parseJoin } from '../../../supabase/local/realtime/join-settings.ts';
import { limits } from '../../../supabase/local/realtime/limits.ts';

test('what a client leaves out has its default, and switches may be words', () => {
  const { config } = parseJoin({ config: { private: 'True', broadcast: { ack: 'false' } }, access_token: null });
  expect(config).toMatchObject({
    private: true,
    broadcast: { ack: false, self: false, replication_ready: false },
    presence: { enabled: false, key: '' },
  });
});

describe('a join is refused', () => {
  test.for([
    ['when it is not private', { config: {} }, 'PrivateOnly'],
    ['when it says nothing', {}, 'PrivateOnly'],
    ['when it is no object', 'hello', 'InvalidJoinPayload'],
    ['when a switch is neither on nor off', { config: { private: 'maybe' } }, 'InvalidJoinPayload'],
    ['when it wants table changes', { config: { private: true, postgres_changes: [{}] } }, 'RealtimeDisabled'],
    [
      'when its replay is nonsense',
      { config: { private: true, broadcast: { replay: { since: 'x' } } } },
      'InvalidJoin',
    ],
    [
      'when its presence key is endless',
      { config: { private: true, presence: { key: 'k'.repeat(256) } } },
      'InvalidJoin',
    ],
  ] as const)('%s', ([, payload, code]) => {
    expect(() => parseJoin(payload)).toThrow(expect.objectContaining({ code: expect.stringContaining(code) }));
  });
});

test('a connection holds a hundred channels', () => {
  const gate = createJoinGate();
  gate.pass(limits.channelsPerConnection - 1);
  expect(() => gate.pass(limits.channelsPerConnection)).toThrow('Too many channels');
  expect(gate.isShut).toBe(false);
});

test('a connection that asks too fast is shut; one that asks steadily is not', () => {
  let now = 0;
  const gate = createJoinGate(() => now);
  const ask = (times: number) => {
    for (let asked = 0; asked < times; asked += 1) gate.pass(0);
  };
  ask(limits.joinsPerSecond);
  now += 1_000;
  ask(limits.joinsPerSecond);
  expect(gate.isShut).toBe(false);
  expect(() => ask(1)).toThrow('Too many joins per second');
  expect(gate.isShut).toBe(true);
});
