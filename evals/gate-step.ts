import type { Gate, GateAnswer } from '../supabase/functions/reply/gate.ts';
import { judge } from '../supabase/functions/reply/turn.ts';
import type { OpenQuestion, RuleOutcome } from './rules-step.ts';
import type { Outcome } from './score/score.ts';

/** What the gate said at the moments that the rules left open, by their ids; null: nothing that could be used. */
export type GateAnswers = ReadonlyMap<string, GateAnswer | null>;

/** How many are asked at a time: more would be slowed down by the service and count as late. */
const AT_ONCE = 4;

export async function askGate(rules: readonly RuleOutcome[], gate: Gate): Promise<GateAnswers> {
  const answers = new Map<string, GateAnswer | null>();
  const waiting = openQuestions(rules);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      answers.set(next.id, await gate.ask(next.question));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

/** What the rules alone lead to: whatever they leave open stays unsaid. */
export function outcomesOfRules(rules: readonly RuleOutcome[]): Outcome[] {
  return rules.map(({ moment, decided }) => ({ moment, action: decided ?? 'silent', target: moment.place }));
}

/** What rules and gate lead to in a chat of this talkativeness, which need not be whole. */
export function outcomesOfGate(rules: readonly RuleOutcome[], answers: GateAnswers, talkativeness = 0): Outcome[] {
  return rules.map((rule) => {
    const { moment, decided } = rule;
    if (decided !== null) return { moment, action: decided, target: moment.place };
    const answer = answers.get(moment.id) ?? null;
    const { action } = judge(answer, { talkativeness, messages: rule.question.context.messages });
    const named = answer?.messageId == null ? -1 : rule.question.ids.indexOf(answer.messageId);
    return { moment, action, target: named === -1 ? moment.place : named };
  });
}

function openQuestions(rules: readonly RuleOutcome[]): { id: string; question: OpenQuestion }[] {
  return rules.flatMap((rule) => (rule.decided === null ? [{ id: rule.moment.id, question: rule.question }] : []));
}
