import type { ReplyLimit } from '../../lib/model/chat-view.ts';
import { clockTime, isSameDay, type TimeStyle } from '../time-words.ts';

/** Why there is no answer for now, and from when there is one. */
export function limitWords({ reason, resetsAt }: ReplyLimit, now: Date, style: TimeStyle = {}): string {
  const time = new Date(resetsAt);
  const clock = clockTime(time, style);
  return WORDS[reason](isSameDay(time, now, style) ? clock : `tomorrow at ${clock}`);
}

const WORDS: Record<ReplyLimit['reason'], (when: string) => string> = {
  quota: (when) => `You have had all answers of your plan for now. The AI answers you again from ${when}.`,
  pictures: (when) => `You have had all pictures of your plan for now. The AI makes you others from ${when}.`,
  ceiling: (when) => `Sideroom has answered as much as it may for today. The AI is back from ${when}.`,
};
