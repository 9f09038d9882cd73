import { expect, test } from 'vitest';
import { runRules } from '../../evals/rules-step.ts';
import { parseSituation } from '../../evals/set/parse.ts';
import { useDatabase } from './support/database.ts';

const { sql } = await useDatabase();

test('[AI3] the evaluation reads what the rules of the database decided at each moment', async () => {
  const situation = parseSituation(
    'trip',
    [
      '# Trip',
      'people: ana (Ana), ben (Ben), cleo (Cleo)',
      '## Alps',
      'ana #q: what is lagan?',
      '  > reply',
      'ben: @cleo coming?',
      '  > silent [other]',
      'cleo: @ai do you know?',
      '  > reply #q',
      'ai ^q: Goods on the sea bed.',
      'ana: ah',
      '  > silent',
      'ben: @ai quiet',
      '  > react [hush]',
      'cleo: ok',
      'cleo: so',
      'ana: who drives?',
      '  > silent [hushed]',
      '~ 31 minutes',
      'ana: and what is jetsam?',
      '  > reply',
    ].join('\n'),
  );
  const outcomes = await runRules(sql, [situation]);
  expect(
    outcomes.map((outcome) => [outcome.decided, 'reason' in outcome ? outcome.reason : null, outcome.quiet]),
  ).toEqual([
    [null, null, false],
    ['silent', 'addressed_to_people', false],
    ['reply', null, false],
    ['silent', 'spoke_lately', false],
    ['react', 'asked_to_be_quiet', true],
    ['silent', 'asked_to_be_quiet', true],
    [null, null, false],
  ]);
  const last = outcomes.at(-1);
  const question = last?.decided === null ? last.question : undefined;
  expect(question?.context.messages.map(({ body, author }) => [author, body]).slice(-2)).toEqual([
    ['Ana', 'who drives?'],
    ['Ana', 'and what is jetsam?'],
  ]);
  expect(question?.ids).toHaveLength(9 + 1);
  expect(question?.context.trigger_message_id).toBe(question?.ids.at(-1));
});
