import { type GateAnswers, outcomesOfGate, outcomesOfRules } from './gate-step.ts';
import { describeSet, listReasons, listRequests } from './report-rules.ts';
import type { RuleOutcome } from './rules-step.ts';
import { ACTIONS, bySituation, hitsTarget, interval, isRight, type Outcome, type Score, score } from './score/score.ts';
import { percent, rounded, table } from './score/tables.ts';

/** A gate that was asked, and what it said. */
export interface GateRun {
  /** For the heading of its column. */
  readonly name: string;
  /** A sentence or two about what it is and what its figures mean. */
  readonly note: string;
  readonly answers: GateAnswers;
}

/** The whole of RESULTS.md. */
export function report(rules: readonly RuleOutcome[], runs: readonly GateRun[]): string {
  const steps = [
    { name: 'free rules alone', outcomes: outcomesOfRules(rules) },
    ...runs.map(({ name, answers }) => ({ name: `rules, then ${name}`, outcomes: outcomesOfGate(rules, answers) })),
  ];
  return `${[
    '# Whether the AI takes its turn rightly',
    'Made by `npm run eval:turns`; `evals/README.md` tells what the words mean. The free rules are those of the migrations, run in the embedded Postgres on the talks as their members say them. Each message is judged as if the talk stood still there; the AI’s own messages are those written in the set.',
    describeSet(rules.map(({ moment }) => moment)),
    ...runs.map(({ name, note, answers }) => `**${name}** was asked at ${answers.size} moments. ${note}`),
    '## Per step',
    compare(steps),
    'The first step leaves unsaid what it does not decide: that is how the AI behaves when no gate answers. Aims: false interruptions < 5 %, missed when addressed 0. In brackets, how far chance alone may have moved a figure (95 %).',
    '## Unasked',
    'The same without the moments at which the AI is addressed: only here the gate has a say.',
    compare(
      steps.map(({ name, outcomes }) => ({ name, outcomes: outcomes.filter(({ moment }) => !moment.addressed) })),
    ),
    '## What the free rules decide',
    listReasons(rules),
    listRequests(rules),
    '## What was done',
    ...steps.map(({ name, outcomes }) => confusion(name, score(outcomes))),
    '## Thresholds',
    ...runs.flatMap((run) => [
      `${run.name}, by how sure it has to be to speak (0.8 unless a group asked for more or less):`,
      sweep(rules, run),
    ]),
    '## By situation',
    ...steps.slice(1).flatMap(({ name, outcomes }) => [`${name}:`, situations(outcomes)]),
    '## What went wrong',
    ...steps.flatMap(({ name, outcomes }, index) => [
      `### ${name}`,
      // What is merely left open is listed with the gate that should have spoken.
      faults(index === 0 ? outcomes.filter((_, place) => rules[place]?.decided !== null) : outcomes),
    ]),
  ].join('\n\n')}\n`;
}

interface Step {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

function compare(steps: readonly Step[]): string {
  const scores = steps.map(({ outcomes }) => score(outcomes));
  const row = (name: string, cell: (of: Score) => string) => [name, ...scores.map(cell)];
  return table(
    ['', ...steps.map(({ name }) => name)],
    [
      row('right', ({ right }) => percent(right)),
      row('precision of replies', ({ precision }) => percent(precision)),
      row('recall of replies', ({ recall }) => percent(recall)),
      row('false interruptions', ({ interruptions }) => {
        const [low, high] = interval(interruptions);
        return `${percent(interruptions)} [${rounded(low)}–${rounded(high)} %]`;
      }),
      row('missed when addressed', ({ missedWhenAddressed }) => percent(missedWhenAddressed)),
      row('right message meant', ({ targets }) => percent(targets)),
      row('wanted reactions given', ({ reactions }) => percent(reactions)),
      row('given reactions wanted', ({ reactionPrecision }) => percent(reactionPrecision)),
    ],
  );
}

function confusion(name: string, { confusion: counts }: Score): string {
  return table(
    [`${name}: right ↓ done →`, ...ACTIONS],
    ACTIONS.map((right) => [right, ...ACTIONS.map((done) => String(counts[right][done]))]),
  );
}

/** From the most talkative a group can make it to the least. */
const TALKATIVENESS = [3, 2.5, 2, 1.5, 1, 0.5, 0, -0.5, -1, -1.5, -2];

function sweep(rules: readonly RuleOutcome[], { answers }: GateRun): string {
  return table(
    ['threshold', 'precision', 'recall', 'false interruptions'],
    TALKATIVENESS.map((talkativeness) => {
      const { precision, recall, interruptions } = score(outcomesOfGate(rules, answers, talkativeness));
      const threshold = (0.8 - talkativeness / 10).toFixed(2);
      return [threshold, percent(precision), percent(recall), percent(interruptions)];
    }),
  );
}

function situations(outcomes: readonly Outcome[]): string {
  const rows = [...bySituation(outcomes)].map(([name, own]) => {
    const { right, precision, recall, interruptions, reactions } = score(own);
    return [name, ...[right, precision, recall, interruptions, reactions].map(percent)];
  });
  return table(['situation', 'right', 'precision', 'recall', 'false interruptions', 'reactions'], rows);
}

function faults(outcomes: readonly Outcome[]): string {
  const wrong = outcomes.filter(
    (outcome) => !isRight(outcome) || (outcome.action !== 'silent' && !hitsTarget(outcome)),
  );
  if (wrong.length === 0) return 'Nothing.';
  return wrong
    .map((outcome) => {
      const { id, text, verdict, addressed } = outcome.moment;
      const done = isRight(outcome) ? `${outcome.action}, about the wrong message` : outcome.action;
      const why = verdict.why === '' ? '' : ` (${verdict.why})`;
      return `- ${id}: ${done} instead of ${verdict.action}${addressed ? ', addressed' : ''}: “${text.replaceAll('\n', ' ')}”${why}`;
    })
    .join('\n');
}
