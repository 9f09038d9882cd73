import type { Backend } from '../data/backend.ts';
import { readMembers, readPositions } from '../data/chats.ts';
import { readJoinRequests } from '../data/join-requests.ts';
import { readPage, readPageAfter } from '../data/messages.ts';
import { readLimit, readReplies } from '../data/replies.ts';
import { readDraft } from '../data/store/drafts.ts';
import { readChat, readMessages, readMessagesAfter, writeView } from '../data/store/messages.ts';
import { readMembers as readStoredMembers } from '../data/store/people.ts';
import type { Store } from '../data/store/store.ts';
import type { ChatSummary, Message } from '../model/chat.ts';
import type { ChatView } from '../model/chat-view.ts';
import type { StagedFile } from '../model/files.ts';
import type { OutboxEntry } from '../model/outbox.ts';
import { joinLatest, type Piece } from '../model/piece.ts';
import type { Share } from '../model/share.ts';
import { type People, peopleOf } from './people.ts';

/** Where views come from: first the store, then the server. */
export interface ViewReader {
  /** `usable`: there is something to show before the server has answered. Null when the chat is not one of the person's. */
  readStored(chatId: string): Promise<{ readonly view: ChatView | null; readonly usable: boolean }>;
  /** The view with the server's latest page, members and running replies in it. */
  readRemote(view: ChatView): Promise<ChatView>;
  readOlder(chatId: string, beforeSeq: number): Promise<Pick<Piece, 'messages' | 'hasOlder'>>;
  readNewer(chatId: string, afterSeq: number): Promise<Pick<Piece, 'messages' | 'hasNewer'>>;
  keep(view: ChatView): Promise<void>;
}

interface Deps {
  readonly store: Store;
  readonly backend: Backend;
  readonly people: People;
  readonly userId: string;
  summary(chatId: string): ChatSummary | undefined;
  outboxOf(chatId: string): readonly OutboxEntry[];
  filesOf(chatId: string): readonly StagedFile[];
  sharesOf(chatId: string): readonly Share[];
  /** Resolves when the chat is on the server. */
  whenCreated(chatId: string): Promise<void>;
}

/** Two of them fit into the piece that a panel shows. */
const PAGE = 40;

export function createViewReader({
  store,
  backend,
  people,
  userId,
  summary,
  outboxOf,
  filesOf,
  sharesOf,
  whenCreated,
}: Deps): ViewReader {
  function facesFor(members: ChatView['members'], messages: readonly Message[]): ChatView['people'] {
    people.learn(members);
    const ids = new Set([...members.map(({ id }) => id), ...messages.flatMap(peopleOf)]);
    people.want(ids);
    const faces = [...ids].map((id) => people.get(id)).filter((person) => person !== undefined);
    return Object.fromEntries(faces.map((person) => [person.id, person]));
  }

  return {
    async readStored(chatId) {
      const [stored, latest, members, draft] = await Promise.all([
        readChat(store, chatId),
        readMessages(store, chatId, { limit: PAGE }),
        readStoredMembers(store, chatId),
        readDraft(store, userId, chatId),
      ]);
      const chat = summary(chatId);
      if (chat === undefined) return { view: null, usable: false };
      const complete = stored?.floor === 0;
      // Behind the cursor none is missing; after it there may be a hole until the log was read.
      const messages = latest.filter(({ seq }) => seq <= (stored?.cursor ?? 0));
      const view: ChatView = {
        chat,
        members,
        requests: [],
        people: facesFor(members, messages),
        messages,
        hasOlder: !complete || latest.length === PAGE,
        hasNewer: false,
        follows: true,
        // A worker may have ended after a message was stored and before its entry went.
        outbox: withoutSent(outboxOf(chatId), messages),
        files: filesOf(chatId),
        shares: sharesOf(chatId),
        replies: [],
        draft,
        presence: {},
        reads: {},
      };
      return { view, usable: complete || messages.length > 0 };
    },

    async readRemote(view) {
      const chatId = view.chat.id;
      await whenCreated(chatId);
      const [page, members, reads, replies, requests, limit] = await Promise.all([
        readPage(backend, chatId, { beforeSeq: null, limit: PAGE }),
        readMembers(backend, chatId),
        readPositions(backend, chatId),
        readReplies(backend, chatId),
        view.chat.pendingRequests > 0 ? readJoinRequests(backend, chatId) : [],
        readLimit(backend, { chatId, userId }),
      ]);
      const { limit: _, ...shown } = view;
      const { messages, hasOlder } = joinLatest(view, { ...page, hasNewer: false });
      return {
        ...shown,
        ...(limit === null ? {} : { limit }),
        chat: { ...view.chat, memberCount: members.length },
        members,
        requests,
        reads,
        people: { ...view.people, ...facesFor(members, messages) },
        messages,
        hasOlder,
        outbox: withoutSent(view.outbox, messages),
        replies: replies.filter(
          ({ messageId }) => !messages.some(({ id, status }) => id === messageId && status !== 'failed'),
        ),
      };
    },

    async readOlder(chatId, beforeSeq) {
      const [stored, messages] = await Promise.all([
        readChat(store, chatId),
        readMessages(store, chatId, { beforeSeq, limit: PAGE }),
      ]);
      const older =
        stored !== undefined && messages.length > 0 && beforeSeq <= stored.cursor + 1
          ? { messages, hasOlder: stored.floor > 0 || messages.length === PAGE }
          : await readPage(backend, chatId, { beforeSeq, limit: PAGE });
      people.want(older.messages.flatMap(peopleOf));
      return older;
    },

    async readNewer(chatId, afterSeq) {
      const stored = await readChat(store, chatId);
      const newer =
        stored !== undefined && stored.floor <= afterSeq + 1 && afterSeq <= stored.cursor
          ? await readMessagesAfter(store, chatId, { afterSeq, upTo: stored.cursor, limit: PAGE })
          : await readPageAfter(backend, chatId, { afterSeq, limit: PAGE });
      people.want(newer.messages.flatMap(peopleOf));
      return newer;
    },

    keep: (view) => writeView(store, view),
  };
}

function withoutSent(outbox: readonly OutboxEntry[], messages: readonly Message[]): OutboxEntry[] {
  return outbox.filter(({ id }) => !messages.some((message) => message.id === id));
}
