import type { LeasedJob, Replies, ReplyContext, TurnDecision } from '../_shared/replies.ts';
import type { Usage } from './fold.ts';
import type { Gate, GateAnswer } from './gate.ts';
import { GATE_MESSAGES } from './gate.ts';
import { countUses, gateUse } from './receipt.ts';

export interface TurnDeps {
  readonly replies: Replies;
  readonly gate: Gate;
}

/** How sure it must be to speak unasked, and to react; each step of a chat's talkativeness moves the first by a tenth. */
const SPEAK = 0.8;
const REACT = 0.7;
const STEP = 0.1;

/** Rounded, because 0.8 - 0.1 is more than 0.7 in binary, and a model that says 0.7 has said enough. */
function speakThreshold(talkativeness: number): number {
  return Math.min(1, Math.max(0, Math.round((SPEAK - STEP * talkativeness) * 1_000) / 1_000));
}

/** What becomes of the gate's answer in this chat. Pure. */
export function judge(
  answer: GateAnswer | null,
  context: Pick<ReplyContext, 'talkativeness' | 'messages'>,
): TurnDecision {
  if (answer === null) return { by: 'gate', action: 'silent', reason: 'no answer in time', confidence: null };
  const { action, confidence, reason, emoji, difficulty } = answer;
  const threshold = speakThreshold(context.talkativeness);
  const asked = { by: 'gate', confidence, threshold, wanted: action, reason } as const;
  const facts = difficulty == null ? asked : { ...asked, difficulty };
  if (action === 'reply' && confidence >= threshold) return { ...facts, action };
  if (action === 'react' && confidence >= REACT && emoji !== null) return { ...facts, action, emoji };
  return { ...facts, action: 'silent' };
}

/** Considers a turn. True: it has become an answer, which the holder of the lease now gives; false: nothing more is to be done. */
export async function considerTurn(job: LeasedJob, { replies, gate }: TurnDeps): Promise<boolean> {
  const context = await replies.readContext(job, GATE_MESSAGES);
  if (context === null) {
    await replies.decide(job, { by: 'rules', action: 'silent', reason: 'nobody is there', confidence: null }, null);
    return false;
  }
  const answer = await askAndCount(job, context, { replies, gate });
  const decision = judge(answer, context);
  const held = await replies.decide(job, decision, answer?.messageId ?? context.trigger_message_id);
  return held && decision.action === 'reply';
}

async function askAndCount(job: LeasedJob, context: ReplyContext, { replies, gate }: TurnDeps) {
  const used: Usage[] = [];
  const answer = await gate.ask({ context, chatId: job.chatId, onUsage: (usage) => used.push(usage) });
  const counts = used.map((usage) => ({ id: crypto.randomUUID(), use: gateUse(gate.model, usage) }));
  await countUses(job, counts, replies);
  return answer;
}
