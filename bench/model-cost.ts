import { loadSituations } from '../evals/load.ts';
import { type RuleOutcome, runRules } from '../evals/rules-step.ts';
import { estimateTokens } from '../supabase/functions/reply/budget.ts';
import { GATE_MESSAGES, GATE_RULES } from '../supabase/functions/reply/gate.ts';
import { buildInput, describeTalk } from '../supabase/functions/reply/model-input.ts';
import { RULES } from '../supabase/functions/reply/rules.ts';
import { readLimits } from '../supabase/functions/reply/settings.ts';
import type { Bench } from './support/bench.ts';
import { startOwnDatabase } from './support/own-database.ts';
import { costOf, PRICES } from './support/prices.ts';

/** What nothing here can measure: how long a model answers. */
const REPLY_TOKENS = 200;
const GATE_TOKENS = 60;

const GATE = 'gpt-6-luna';
const REPLY = 'gpt-6.1-terra';

interface Mix {
  readonly name: string;
  /** Of 1,000 messages of people. */
  readonly gated: number;
  readonly answered: number;
}

/**
 * What 1,000 messages of people cost in tokens and money, from the labelled talks of the evaluation: how many reach the gate and how
 * many are answered, and how long the requests are. No model is called.
 */
export const modelCost: Bench = async (context) => {
  const database = await startOwnDatabase();
  try {
    context.progress('rules over the labelled talks');
    const rules = await runRules(database.sql, loadSituations());
    const size = measure(rules);
    const share = (counts: (rule: RuleOutcome) => boolean) => (1000 * rules.filter(counts).length) / rules.length;
    const called = share(({ decided }) => decided === 'reply');
    const gated = share(({ decided }) => decided === null);
    const wanted = share(({ decided, moment }) => decided === null && moment.verdict.action === 'reply');
    const mixes: readonly Mix[] = [
      { name: 'only when mentioned', gated: 0, answered: called },
      { name: 'automatic, with a gate that is always right', gated, answered: called + wanted },
      { name: 'solo chats: every message is answered', gated: 0, answered: 1000 },
    ];
    return { title: 'Tokens and cost of 1,000 messages', lines: report(mixes, size, rules.length) };
  } finally {
    await database.stop();
  }
};

interface Sizes {
  readonly gate: number;
  readonly reply: number;
  /** A request whose context is full. */
  readonly full: number;
}

/** Mean sizes of requests in tokens, by the same estimate that the budget goes by. */
function measure(rules: readonly RuleOutcome[]): Sizes {
  const { contextTokens } = readLimits();
  const contexts = rules.flatMap((rule) => (rule.decided === null ? [rule.question.context] : []));
  const mean = (sizes: readonly number[]) => sizes.reduce((sum, one) => sum + one, 0) / sizes.length;
  return {
    gate:
      estimateTokens(GATE_RULES) + mean(contexts.map((one) => estimateTokens(describeTalk(one, GATE_MESSAGES).text))),
    reply:
      estimateTokens(RULES) +
      mean(
        contexts.map((one) =>
          estimateTokens(JSON.stringify(buildInput(one, contextTokens).map((item) => item.content))),
        ),
      ),
    full: estimateTokens(RULES) + contextTokens,
  };
}

function report(mixes: readonly Mix[], size: Sizes, moments: number): string[] {
  const money = (dollars: number) => `$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;
  const cost = ({ gated, answered }: Mix, input: number) =>
    gated * costOf(PRICES[GATE], size.gate, GATE_TOKENS) + answered * costOf(PRICES[REPLY], input, REPLY_TOKENS);
  const rows = mixes.map((mix) => {
    const { name, gated, answered } = mix;
    const tokens = gated * (size.gate + GATE_TOKENS) + answered * (size.reply + REPLY_TOKENS);
    const cells = [gated.toFixed(0), answered.toFixed(0), Math.round(tokens / 1000).toString()];
    return `| ${[name, ...cells, money(cost(mix, size.reply)), money(cost(mix, size.full))].join(' | ')} |`;
  });
  const [mentions, automatic] = mixes.map((mix) => cost(mix, size.reply)) as [number, number];
  const gate = (mixes[1]?.gated ?? 0) * costOf(PRICES[GATE], size.gate, GATE_TOKENS);
  return [
    '| group | asked of the gate | answered | thousand tokens | cost | cost with a full context |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `Computed, not measured: shares and lengths are those of the ${moments} labelled moments of the evaluation, as if each message were considered by itself (in a talk, several in a row are considered once); their talks are short, hence the last column with a context of ${readLimits().contextTokens} tokens. A gate request has ${size.gate.toFixed(0)} tokens on the average, a reply's ${size.reply.toFixed(0)}, by the estimate that the budget goes by; a gate's answer is taken as ${GATE_TOKENS}, a reply as ${REPLY_TOKENS}. Prices: ${GATE} for the gate, ${REPLY} for replies (\`bench/support/prices.ts\`), nothing cached. The gate is ${((100 * gate) / automatic).toFixed(0)} % of what an automatic group costs (${money(gate)}), which is ${(automatic / mentions).toFixed(1)} × one that answers only when mentioned.`,
  ];
}
