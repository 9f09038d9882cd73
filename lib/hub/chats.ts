import type { ChatSummary, Person } from '../model/chat.ts';
import type { AppStateBox } from './app-state.ts';
import { type People, peopleOf } from './people.ts';

/** The list of chats, as this browser knows it now. What is stored of it stands in the store; this is its copy for showing. */
export interface Chats {
  get(chatId: string): ChatSummary | undefined;
  all(): readonly ChatSummary[];
  set(summary: ChatSummary): void;
  remove(chatId: string): void;
  /** The list was loaded once, from store or server. */
  markLoaded(): void;
  /** Tells the panels of what changed, soon: many changes at once are told once. */
  publish(): void;
}

export function createChats(state: AppStateBox, people: People, signal: AbortSignal): Chats {
  const chats = new Map<string, ChatSummary>();
  let publishing = false;

  function publish(): void {
    if (publishing) return;
    publishing = true;
    queueMicrotask(() => {
      publishing = false;
      if (!signal.aborted)
        state.patch({ chats: [...chats.values()], people: facesFor(chats.values(), people, state.get().people) });
    });
  }

  return {
    get: (chatId) => chats.get(chatId),
    all: () => [...chats.values()],
    set(summary) {
      if (chats.get(summary.id) === summary) return;
      chats.set(summary.id, summary);
      publish();
    },
    remove(chatId) {
      if (chats.delete(chatId)) publish();
    },
    markLoaded() {
      // In one word with the list itself, so that no panel takes "loaded" for "none".
      state.patch({
        chatsLoaded: true,
        chats: [...chats.values()],
        people: facesFor(chats.values(), people, state.get().people),
      });
    },
    publish,
  };
}

/** The faces that the list shows; the same object as before when they are the same. */
function facesFor(chats: Iterable<ChatSummary>, people: People, before: Readonly<Record<string, Person>>) {
  const ids = [...chats].flatMap(({ lastMessage }) => (lastMessage === null ? [] : peopleOf(lastMessage)));
  people.want(ids);
  const faces = Object.fromEntries(
    ids.flatMap((id) => {
      const person = people.get(id);
      return person === undefined ? [] : [[id, person]];
    }),
  );
  const keys = Object.keys(faces);
  const same = keys.length === Object.keys(before).length && keys.every((key) => faces[key] === before[key]);
  return same ? before : faces;
}
