import type { LogLine } from '../../lib/model/chat-log.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { retentionWords } from '../about/retention-words.ts';

type People = ChatView['people'];

/** A row of the log as a sentence without a full stop, to the reader. */
export function logWords(line: LogLine, people: People, meId: string): string {
  const who = line.actor_id === null ? 'Somebody' : nameOf(line.actor_id, people, meId);
  const whom =
    line.subject_id === null
      ? 'somebody'
      : nameOf(line.subject_id, people, meId).replace(/^(You|A former member)$/, (own) => own.toLowerCase());
  const { details } = line;
  switch (line.type) {
    case 'created':
      return `${who} started this group`;
    case 'copied':
      return `${who} made this group from a chat`;
    case 'joined':
      return line.actor_id === null || line.actor_id === line.subject_id
        ? `${capitalized(whom)} joined`
        : `${who} let ${whom} in`;
    case 'left':
      return `${capitalized(whom)} left`;
    case 'removed':
      return `${who} removed ${whom}`;
    case 'creator':
      return `${capitalized(whom)} ${whom === 'you' ? 'look' : 'looks'} after the group from then on`;
    case 'renamed':
      return `${who} renamed the group from “${details['before']}” to “${details['after']}”`;
    case 'instructions':
      return `${who} changed what the AI is told`;
    case 'reply_mode':
      return `${who} changed when the AI answers`;
    case 'retention':
      return `${who} set how long messages are kept: ${retentionWords(asDays(details['days']))}`;
    case 'invite_created':
      return `${who} made an invite`;
    case 'invites_reset':
      return `${who} ended all invites`;
    case 'join_declined':
      return `${who} did not let ${whom} in`;
    case 'deleted':
      return `${who} deleted this chat`;
    default:
      return `${who}: ${line.type.replaceAll('_', ' ')}`;
  }
}

function asDays(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** Whoever is not known any more has deleted their account. */
function nameOf(id: string, people: People, meId: string): string {
  return id === meId ? 'You' : (people[id]?.displayName ?? 'A former member');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
