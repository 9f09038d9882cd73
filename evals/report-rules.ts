import { createHash } from 'node:crypto';
import type { RuleOutcome } from './rules-step.ts';
import { percent, rounded, table } from './score/tables.ts';
import type { Moment } from './set/situation.ts';

/** What the set is made of, and a mark that changes with it. */
export function describeSet(moments: readonly Moment[]): string {
  const count = (counts: (moment: Moment) => boolean) => moments.filter(counts).length;
  const share = (counts: (moment: Moment) => boolean) => `${rounded(count(counts) / moments.length)} %`;
  const mark = createHash('sha256').update(JSON.stringify(moments)).digest('hex').slice(0, 12);
  const situations = new Set(moments.map(({ situation }) => situation)).size;
  return [
    `${moments.length} moments from ${situations} situations: silence is right at ${share(({ verdict }) => verdict.action === 'silent')},`,
    `a reply at ${share(({ verdict }) => verdict.action === 'reply')}, a reaction at ${share(({ verdict }) => verdict.action === 'react')}.`,
    `The AI is addressed at ${count(({ addressed }) => addressed)}, asked to be quiet at ${count(({ verdict }) => verdict.tags.includes('hush'))}`,
    `(${count(({ verdict }) => verdict.tags.includes('hushed'))} more come after that), somebody else is spoken to by name at ${count(({ verdict }) => verdict.tags.includes('other'))}. Mark of the set: ${mark}.`,
  ].join(' ');
}

/** Each reason of the rules, and how often it led to what is right. */
export function listReasons(rules: readonly RuleOutcome[]): string {
  const groups = new Map<string, RuleOutcome[]>();
  for (const rule of rules) groups.set(reasonOf(rule), [...(groups.get(reasonOf(rule)) ?? []), rule]);
  const rows = [...groups].map(([reason, own]) => {
    const wants = (action: string) => String(own.filter(({ moment }) => moment.verdict.action === action).length);
    const right = own.filter(({ moment, decided }) => decided === moment.verdict.action).length;
    const open = own.every(({ decided }) => decided === null);
    return [
      reason,
      String(own.length),
      open ? 'open' : percent({ hits: right, of: own.length }),
      ...['reply', 'react', 'silent'].map(wants),
    ];
  });
  return table(['what', 'moments', 'right', 'reply wanted', 'reaction wanted', 'silence wanted'], rows);
}

/** Which requests for quiet the rules heard, and where they heard one that was none. */
export function listRequests(rules: readonly RuleOutcome[]): string {
  const asked = rules.filter(({ moment }) => moment.verdict.tags.includes('hush'));
  const unheard = asked.filter(({ quiet }) => !quiet);
  const unwanted = rules.filter(
    ({ moment, quiet }) => quiet && !moment.verdict.tags.some((tag) => tag === 'hush' || tag === 'hushed'),
  );
  const quote = ({ moment }: RuleOutcome) => `- ${moment.id}: “${moment.text}”`;
  return [
    `Requests for quiet that were heard: ${percent({ hits: asked.length - unheard.length, of: asked.length })}. Not heard:`,
    unheard.length === 0 ? 'none.' : unheard.map(quote).join('\n'),
    'Moments at which it kept quiet though nobody had asked for it:',
    unwanted.length === 0 ? 'none.' : unwanted.map(quote).join('\n'),
  ].join('\n\n');
}

function reasonOf(rule: RuleOutcome): string {
  if (rule.decided === null) return 'left to the gate';
  return rule.decided === 'reply' ? 'answers: addressed' : `${rule.decided}: ${rule.reason}`;
}
