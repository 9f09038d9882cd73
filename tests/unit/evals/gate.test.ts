import { describe, expect, test } from 'vitest';
import { askGate, outcomesOfGate, outcomesOfRules } from '../../../evals/gate-step.ts';
import { type Recording, record, replay } from '../../../evals/recorded.ts';
import type { RuleOutcome } from '../../../evals/rules-step.ts';
import { parseSituation } from '../../../evals/set/parse.ts';
import { momentsOf } from '../../../evals/set/situation.ts';
import type { ReplyContext } from '../../../supabase/functions/_shared/replies.ts';
import type { Gate, GateAnswer } from '../../../supabase/functions/reply/gate.ts';

const [first, second, third] = momentsOf(
  parseSituation(
    'trip',
    '# Trip\npeople: ana (Ana), ben (Ben)\n## Alps\nana #q: when?\n  > reply\nben: brb\n  > reply #q\nana: @ben ok\n  > silent',
  ),
);

/** As the database made them on one day or another: ids differ. */
function rulesOf(day: string): RuleOutcome[] {
  const ids = [`${day} a`, `${day} b`, `${day} c`];
  const question = (count: number) => ({ context: context(ids.slice(0, count)), chatId: day, ids });
  return [
    { moment: first!, quiet: false, decided: null, question: question(1) },
    { moment: second!, quiet: false, decided: null, question: question(2) },
    { moment: third!, quiet: false, decided: 'silent', reason: 'addressed_to_people' },
  ];
}

function context(ids: readonly string[]): ReplyContext {
  const members = [
    { id: 'A', name: 'Ana', username: 'ana' },
    { id: 'B', name: 'Ben', username: 'ben' },
  ];
  return {
    chat: { id: 'c', kind: 'group', title: 'Alps', instructions: '' },
    asker: members[0]!,
    trigger_message_id: ids.at(-1) ?? '',
    talkativeness: 0,
    members,
    messages: ids.map((id, index) => ({
      ...{ id, kind: 'member' as const, author_id: members[index % 2]!.id, author: members[index % 2]!.name },
      ...{ body: `text ${index}`, reply_to: null, created_at: '', files: [] },
    })),
  };
}

/** Says the same each time, about the first message. */
const gate = (answer: Partial<GateAnswer>): Gate => ({
  ask: async ({ context: { messages } }) => ({
    ...{ action: 'reply', confidence: 0.8, reason: 'open', emoji: null, messageId: messages[0]?.id ?? null },
    ...answer,
  }),
});

describe('[AI3] rules, then the gate', () => {
  const lead =
    (answer: Partial<GateAnswer>, talkativeness = 0) =>
    async () => {
      const rules = rulesOf('monday');
      return outcomesOfGate(rules, await askGate(rules, gate(answer)), talkativeness).map(({ action }) => action);
    };

  test('what the rules leave open is silence without a gate', () => {
    expect(outcomesOfRules(rulesOf('monday')).map(({ action }) => action)).toEqual(['silent', 'silent', 'silent']);
  });

  test('the gate has a say only where the rules have none, and has to be sure enough', async () => {
    expect(await lead({})()).toEqual(['reply', 'reply', 'silent']);
    expect(await lead({ confidence: 0.79 })()).toEqual(['silent', 'silent', 'silent']);
    expect(await lead({ confidence: 0.79 }, 0.5)()).toEqual(['reply', 'reply', 'silent']);
    expect(await lead({ action: 'react', emoji: '🎉' })()).toEqual(['react', 'react', 'silent']);
  });

  test('the message that it names is the one meant; none, or an unknown one, is the newest', async () => {
    const rules = rulesOf('monday');
    const targets = async (answer: Partial<GateAnswer>) =>
      outcomesOfGate(rules, await askGate(rules, gate(answer))).map(({ target }) => target);
    expect(await targets({})).toEqual([0, 0, 2]);
    expect(await targets({ messageId: null })).toEqual([0, 1, 2]);
    expect(await targets({ messageId: 'elsewhere' })).toEqual([0, 1, 2]);
  });
});

describe('a recording', () => {
  test('is played back to the same talk, whatever its ids are by then', async () => {
    const recording: Recording = { model: 'm', answers: {} };
    const asked = await askGate(rulesOf('monday'), record(gate({ confidence: 0.9 }), recording));
    const kept: Recording = JSON.parse(JSON.stringify(recording));
    const rules = rulesOf('tuesday');
    const played = await askGate(rules, replay(kept));
    expect(outcomesOfGate(rules, played)).toEqual(outcomesOfGate(rulesOf('monday'), asked));
    expect(played.get(second!.id)).toMatchObject({ confidence: 0.9, messageId: 'tuesday a' });
  });

  test('has no answer to a talk that has changed', async () => {
    const recording: Recording = { model: 'm', answers: {} };
    const [rule] = rulesOf('monday');
    await askGate([rule!], record(gate({}), recording));
    const changed = { ...rulesOf('tuesday')[1]! };
    expect((await askGate([changed], replay(recording))).get(second!.id)).toBeNull();
  });
});
