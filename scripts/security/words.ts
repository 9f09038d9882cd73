import type { Section } from '../../bench/support/bench.ts';
import { CAST } from '../../tests/database/access/cast.ts';
import type { Exposure } from '../../tests/support/findings.ts';
import type { Finding } from './findings.ts';

/** What may take this long, in milliseconds, before a person notices. */
const STALL_AIM = 200;

const mark = (passed: boolean) => (passed ? 'held' : '**did not hold**');
const inCell = (text: string) => text.replace(/(?<!\\)\|/g, '\\|').replace(/\s+/g, ' ');
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

export function tellMatrix(findings: readonly Finding[]): Section {
  const files = [...Map.groupBy(findings, ({ file }) => file)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const cells = sum(findings.map(({ meta }) => meta.cells ?? 0));
  return {
    title: 'Who may do what',
    lines: [
      `Every table, function, policy, bucket and topic × ${CAST.join(', ')}: **${cells} cells** declared and tried, as direct SQL and through the API, each with what comes of it (a number of rows, or the code of the refusal). A table, function or policy that is missing from the lists fails a test.`,
      '',
      '| tests | cells | tests passed |',
      '|---|---|---|',
      ...files.map(
        ([file, group]) =>
          `| \`${file}\` | ${sum(group.map(({ meta }) => meta.cells ?? 0)) || '–'} | ${group.filter(({ passed }) => passed).length} of ${group.length} |`,
      ),
    ],
  };
}

const CHANGED: Readonly<Record<string, string>> = {
  policy: 'policies',
  rights: 'rights on tables',
  callers: 'rights on functions',
  check: 'check constraints',
  trigger: 'triggers',
  key: 'keys',
  table: 'row-level security',
};

export function tellMutants(findings: readonly Finding[]): Section {
  const mutants = findings.flatMap(({ meta }) => meta.mutant ?? []);
  const survivors = mutants.filter(({ killedBy }) => killedBy === null);
  const kinds = [...Map.groupBy(mutants, ({ of }) => of.split(' ')[0] ?? '')];
  return {
    title: 'The schema, broken on purpose',
    lines: [
      `Every policy is dropped, opened, worded otherwise, and left without each of its conditions in turn; every table loses its row-level security, every trigger is turned off, every key dropped; every right on a table, a column or a function is taken or given; every check constraint is dropped, and each of its limits moved by one. **${mutants.length} mutants, ${survivors.length} survivors.** None is left out: a policy, a right, a constraint, a trigger or a key without its case fails a test.`,
      '',
      '| changed | mutants | survivors |',
      '|---|---|---|',
      ...kinds.map(
        ([kind, group]) =>
          `| ${CHANGED[kind] ?? kind} | ${group.length} | ${group.filter(({ killedBy }) => killedBy === null).length} |`,
      ),
      '',
      '<details><summary>Each mutant, and what told it from the true schema</summary>',
      '',
      '| of | change | told by |',
      '|---|---|---|',
      ...mutants.map(
        ({ of, change, killedBy }) =>
          `| ${inCell(of)} | ${inCell(change)} | ${killedBy === null ? '**nothing**' : inCell(killedBy)} |`,
      ),
      '',
      '</details>',
    ],
  };
}

export function tellExposures(findings: readonly Finding[]): Section {
  const exposures = findings.flatMap(({ meta }): readonly Exposure[] => meta.exposures ?? []);
  const stalls = findings.flatMap(({ meta }) => meta.stall ?? []);
  const slow = sum(stalls.map(({ over }) => over));
  return {
    title: 'Hostile texts',
    lines: [
      `${sum(stalls.filter(({ kind }) => !kind.includes('answers')).map(({ texts }) => texts))} texts in real Chromium.`,
      '',
      ...(exposures.length === 0 ? [] : tellPlaces(exposures)),
      `How long one of them keeps the panel from answering, one at a time. Aim: none over ${STALL_AIM} ms. ${slow === 0 ? 'Met.' : `Missed by ${slow} (other work on the machine included).`}`,
      '',
      '| kind | texts | longest task | over the aim |',
      '|---|---|---|---|',
      ...stalls.map(
        ({ kind, texts, longestMs, over }) =>
          `| ${kind} | ${texts} | ${longestMs === 0 ? 'under 50 ms' : `${longestMs} ms`} | ${over} |`,
      ),
      '',
      ...findings.map(({ name, passed }) => `- ${inCell(name)}: ${mark(passed)}`),
    ],
  };
}

function tellPlaces(exposures: readonly Exposure[]): string[] {
  return [
    'In each place where others’ texts are shown, in the built extension with its policy and a real backend; “escaped” counts what ran, asked a server for something, or could leave its box.',
    '',
    '| shown as | texts | escaped |',
    '|---|---|---|',
    ...exposures.map(({ as, texts, escaped }) => `| ${as} | ${texts} | ${escaped} |`),
    '',
  ];
}

export function tellAttacks(findings: readonly Finding[]): Section {
  const attempts = findings.flatMap(({ meta }) => meta.attempted ?? []);
  const held = attempts.filter((attempt) => attempt.held).length;
  const of = (by: 'page' | 'member') => attempts.filter((attempt) => attempt.by === by).length;
  return {
    title: 'Words that give the AI orders',
    lines: [
      `${of('page')} attacks by pages and ${of('member')} by members, each with a scripted model that **obeys** it. What the code guarantees whatever the model believes: nobody’s words pass for another’s or for the rules, nothing hidden reaches the model, no tool but search and pictures is offered and none is run on its word, one message is written, no link but those of sources and question can be clicked, and nothing is fetched. **${held} of ${attempts.length} held.** How often a real model obeys is not measured here.`,
      '',
      '| attack | by | through | |',
      '|---|---|---|---|',
      ...attempts.map((attempt) => `| ${attempt.name} | ${attempt.by} | ${attempt.through} | ${mark(attempt.held)} |`),
    ],
  };
}

/** A section that lists the tests by name. */
export function tellNames(title: string): (findings: readonly Finding[]) => Section {
  return (findings) => ({
    title,
    lines: findings.map(({ name, passed }) => `- ${inCell(name)}: ${mark(passed)}`),
  });
}
