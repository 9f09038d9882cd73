import type { SearchPage } from '../../lib/model/search.ts';
import { message, SOLO } from './fixtures.ts';
import { ANA, ME, WILHELMINA } from './people.ts';

/** What a search for “harbour” comes upon. */
export const FOUND: SearchPage = {
  messages: [
    message(ANA, 'The harbour in chapter three is the one from the opening, I am quite sure of it by now.', '23T14:20'),
    message(WILHELMINA, `${'I walked along the shore for a long time. '.repeat(4)}Then I saw the harbour.`, '22T09:10'),
    message('ai', 'The narrator returns to the harbour three times: first as a child, then in the storm.', '21T18:00'),
    { ...message(ME, 'Which harbour do you mean?', '20T11:00'), chatId: SOLO.id },
    message(ANA, 'من الميناء: harbour', '19T11:00'),
  ],
  people: Object.fromEntries([ANA, ME, WILHELMINA].map((person) => [person.id, person])),
  hasMore: true,
};
