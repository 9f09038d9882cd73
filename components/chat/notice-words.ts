import type { Notice, Person, ReplyMode } from '../../lib/model/chat.ts';
import { retentionWords } from '../about/retention-words.ts';

const MODE_WORDS: Record<ReplyMode, string> = {
  automatic: 'let the AI join in by itself',
  mention: 'let the AI answer only when it is mentioned',
  off: 'turned the AI off in this group',
};

/** Who deleted their account. */
export const FORMER_MEMBER = 'Former member';

type People = Readonly<Record<string, Person>>;

/** A notice as a sentence without a full stop, to the reader: `You made this group`, `Ana removed Ben`. */
export function noticeWords(notice: Notice, people: People, meId: string): string {
  const subject = (id: string | null) => nameOf(id, people, meId, 'Somebody');
  const object = (id: string | null) => nameOf(id, people, meId, 'somebody').replace(/^You$/, 'you');
  switch (notice.type) {
    case 'created':
      return `${subject(notice.userId)} started this chat`;
    case 'copied':
      return `${subject(notice.userId)} made this group from a chat`;
    case 'joined':
      return notice.by === null || notice.by === notice.userId
        ? `${subject(notice.userId)} joined`
        : `${subject(notice.by)} let ${object(notice.userId)} in`;
    case 'left':
      return `${subject(notice.userId)} left`;
    case 'creator':
      return notice.userId === meId
        ? 'You look after this group now'
        : `${subject(notice.userId)} looks after this group now`;
    case 'removed': {
      const whom = object(notice.userId);
      return notice.by === null
        ? `${capitalized(whom)} ${whom === 'you' ? 'were' : 'was'} removed`
        : `${subject(notice.by)} removed ${whom}`;
    }
    case 'renamed':
      return `${subject(notice.by)} renamed the group to “${notice.after}”`;
    case 'retention':
      return `${subject(notice.by)} set how long messages are kept: ${retentionWords(notice.days)}`;
    case 'reply_mode':
      return `${subject(notice.by)} ${MODE_WORDS[notice.mode]}`;
    case 'instructions':
      return `${subject(notice.by)} changed what the AI is told about this group`;
  }
}

function nameOf(id: string | null, people: People, meId: string, unknown: string): string {
  return id === meId ? 'You' : (people[id ?? '']?.displayName ?? unknown);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
