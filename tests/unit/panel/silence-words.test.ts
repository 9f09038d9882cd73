import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { silenceWords } from '../../../components/chat/why-words.ts';

const MIGRATIONS = new URL('../../../supabase/migrations/', import.meta.url);
const sql = globSync('*.sql', { cwd: MIGRATIONS })
  .map((file) => readFileSync(new URL(file, MIGRATIONS), 'utf8'))
  .join('\n');
/** What the rules of the database name as reasons: in decisions, and as what free_rule and late_rule give. */
const reasons = [
  ...sql.matchAll(/'reason', '(\w+)'/g),
  ...sql.matchAll(/then '(\w+_\w+)'\s*\n/g),
  ...sql.matchAll(/private\.nod\(new, '\S+', '(\w+)'\)/g),
].map(([, reason]) => reason ?? '');

test('[AI12] there is a sentence for every reason that a rule of the database gives', () => {
  expect(new Set(reasons)).toContain('talk_went_on');
  for (const reason of new Set(reasons)) {
    const decision = { by: 'rules', action: 'silent', reason, confidence: null, threshold: null } as const;
    expect(silenceWords(decision, { target: 'default' }), reason).not.toMatch(/^It (thought|only reacted)/);
  }
});

test('[AI12] of the gate it is told what it thought, and how sure it was', () => {
  const decision = { by: 'gate', action: 'silent', reason: 'people plan', confidence: 0.55, threshold: 0.8 } as const;
  expect(silenceWords(decision, { target: 'default' })).toBe(
    'It thought: people plan. It was 55% sure, 80% are needed to speak.',
  );
});
