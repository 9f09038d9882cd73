import type { ReplyFailure } from '../../lib/model/chat.ts';
import { clockTime, durationWords } from '../time-words.ts';

const HOUR_MS = 3_600_000;

/** Why an answer did not come, and what may help. Null: nothing is known of it. */
export function failedWords(failure: ReplyFailure | null, now: Date): string {
  switch (failure?.error) {
    case 'unreachable':
      return 'The AI’s service did not answer. Try again in a moment.';
    case 'limited':
      return `The AI’s service has too much to do. ${againWords(failure.retryAt, now)}`;
    case 'credit':
      return 'The AI’s service is out of credit. Whoever runs Sideroom here can fill it up.';
    case 'unauthorized':
      return 'The AI’s service does not know Sideroom’s key. Whoever runs Sideroom here can mend that.';
    case 'model':
      return 'The AI’s model is not there. Whoever runs Sideroom here can choose another one.';
    case 'too_long':
      return 'This is more than the AI can read at once. Ask about less text, or fewer files.';
    case 'refused':
      return 'The AI’s service does not answer this. Ask in other words.';
    default:
      return 'The answer did not come through.';
  }
}

function againWords(retryAt: string | null, now: Date): string {
  if (retryAt === null) return 'Try again in a minute.';
  const time = new Date(retryAt);
  const left = time.getTime() - now.getTime();
  if (left <= 0) return 'You can try again now.';
  return left < HOUR_MS ? `Try again in ${durationWords(left / 1_000)}.` : `Try again from ${clockTime(time)}.`;
}
