import type { Notice, Person } from '../../lib/model/chat.ts';

type People = Readonly<Record<string, Person>>;

/** A notice as a sentence without a full stop, to the reader: `You made this group`, `Ana removed Ben`. */
export function noticeWords(notice: Notice, people: People, meId: string): string {
  const who = nameOf(notice.userId, people, meId, 'Somebody');
  switch (notice.type) {
    case 'created':
      return `${who} started this chat`;
    case 'joined':
      return `${who} joined`;
    case 'left':
      return `${who} left`;
    case 'creator':
      return notice.userId === meId ? 'You look after this group now' : `${who} looks after this group now`;
    case 'removed': {
      const whom = nameOf(notice.userId, people, meId, 'somebody').replace(/^You$/, 'you');
      return notice.by === null
        ? `${capitalized(whom)} ${whom === 'you' ? 'were' : 'was'} removed`
        : `${nameOf(notice.by, people, meId, 'Somebody')} removed ${whom}`;
    }
  }
}

function nameOf(id: string, people: People, meId: string, unknown: string): string {
  return id === meId ? 'You' : (people[id]?.displayName ?? unknown);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
