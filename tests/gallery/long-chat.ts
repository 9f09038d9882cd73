import type { Message } from '../../lib/model/chat.ts';
import type { Answers } from './fake-hub.ts';
import { BOOK_CLUB, message, view } from './fixtures.ts';
import { ANA } from './people.ts';

const LENGTH = 1_000;
const READ = 400;
const PAGE = 40;

/** A chat that is far too long to be shown at once, read up to its 400th message. */
export function longChat(): { view: ReturnType<typeof view>; answers: Answers } {
  const all: readonly Message[] = Array.from({ length: LENGTH }, (_, index) =>
    message(ANA, `Line ${index + 1}`, '23T10:00', { id: `long-${index + 1}`, seq: index + 1 }),
  );
  const before = (seq: number) => ({
    messages: all.slice(Math.max(0, seq - 1 - PAGE), seq - 1),
    hasOlder: seq - 1 > PAGE,
  });
  const after = (seq: number) => ({ messages: all.slice(seq, seq + PAGE), hasNewer: seq + PAGE < LENGTH });
  const tail = { messages: all.slice(-PAGE), hasOlder: true, hasNewer: false };
  return {
    view: view({ ...tail, chat: { ...BOOK_CLUB, lastSeq: LENGTH, lastReadSeq: READ, unread: 100 } }),
    answers: {
      search: ({ text }) => ({
        messages: all.filter(({ body }) => body === text),
        people: { [ANA.id]: ANA },
        hasMore: false,
      }),
      loadOlder: ({ beforeSeq }) => before(beforeSeq),
      loadNewer: ({ afterSeq }) => after(afterSeq),
      loadAround({ seq }) {
        if (seq === null) return tail;
        const [older, newer] = [before(seq + 1), after(seq)];
        return { ...older, ...newer, messages: [...older.messages, ...newer.messages] };
      },
    },
  };
}
