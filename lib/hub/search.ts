import type { Backend } from '../data/backend.ts';
import { searchMessages } from '../data/search.ts';
import type { SearchPage, SearchQuery } from '../model/search.ts';
import { type People, peopleOf } from './people.ts';

/** Looks through the messages of all of the person's chats, on the server. */
export type Search = (query: SearchQuery) => Promise<SearchPage>;

const PAGE = 20;

export function createSearch({ backend, people }: { backend: Backend; people: People }): Search {
  return async ({ text, chatId, from, page = null, before }) => {
    const author = from === null ? null : people.named(from);
    // Nobody of that name has ever shared a chat with this person.
    if (author === undefined) return { messages: [], people: {}, hasMore: false };
    const authorId = author?.id ?? null;
    const found = await searchMessages(backend, { text, chatId, authorId, page, before }, PAGE + 1);
    const messages = found.slice(0, PAGE);
    const ids = messages.flatMap(peopleOf);
    people.want(ids);
    const faces = ids.map((id) => people.get(id)).filter((person) => person !== undefined);
    return {
      messages,
      people: Object.fromEntries(faces.map((person) => [person.id, person])),
      hasMore: found.length > PAGE,
    };
  };
}
