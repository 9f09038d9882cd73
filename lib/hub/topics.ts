import type { Backend } from '../data/backend.ts';
import {
  type ChatTopicHandlers,
  joinChat,
  joinUser,
  type Leave,
  type TopicState,
  type UserTopicHandlers,
} from '../data/realtime.ts';
import type { ChatSummary } from '../model/chat.ts';
import { callAfter } from './timers.ts';

/** The topics that this browser listens on: the person's own, and those of the latest chats under their present epochs. */
export interface Topics {
  /** Joins what should be joined now and leaves the rest. */
  update(): void;
}

interface Deps {
  readonly backend: Backend;
  readonly userId: string;
  readonly signal: AbortSignal;
  random(): number;
  chats(): readonly ChatSummary[];
  isWatched(chatId: string): boolean;
  readonly user: UserTopicHandlers;
  chat(chatId: string): ChatTopicHandlers;
}

/** A connection may hold 100; the chats beyond these are found by the sweep. */
const MAX_CHATS = 60;
const REJOIN_PAUSE = 500;

interface Joined {
  readonly leave: Leave;
}

export function createTopics({ backend, userId, signal, random, chats, isWatched, user, chat }: Deps): Topics {
  const joined = new Map<string, Joined>();
  /** Topics being left may be joined again only when that is done. */
  const leaving = new Map<string, Promise<unknown>>();

  function update(): void {
    if (signal.aborted) return;
    const wanted = new Map<string, (onState: (state: TopicState) => void) => Leave>();
    wanted.set(userId, (onState) => joinUser(backend, userId, { ...user, onState }));
    for (const { id, epoch } of latest(chats(), isWatched)) {
      wanted.set(`${id}:${epoch}`, (onState) => joinChat(backend, { chatId: id, epoch }, { ...chat(id), onState }));
    }
    for (const key of joined.keys()) if (!wanted.has(key)) leave(key);
    for (const [key, join] of wanted) if (!joined.has(key) && !leaving.has(key)) enter(key, join);
  }

  function enter(key: string, join: (onState: (state: TopicState) => void) => Leave): void {
    const tell = key === userId ? user.onState : chat(key.slice(0, key.lastIndexOf(':'))).onState;
    const leaveTopic = join((state) => {
      tell(state);
      if (state === 'closed') rejoin(key);
    });
    joined.set(key, { leave: leaveTopic });
  }

  /** The server closed the topic for good (the token ran out, too much traffic): a new one, after a pause that spreads many hubs. */
  function rejoin(key: string): void {
    leave(key);
    callAfter(REJOIN_PAUSE * (1 + random()), signal, () => {
      backend.presentToken().then(update, update);
    });
  }

  function leave(key: string): void {
    const topic = joined.get(key);
    if (topic === undefined) return;
    joined.delete(key);
    const done = topic.leave().then(() => {
      leaving.delete(key);
      update();
    });
    leaving.set(key, done);
  }

  signal.addEventListener('abort', () => {
    for (const { leave: leaveTopic } of joined.values()) void leaveTopic();
    joined.clear();
  });

  return { update };
}

/** Those in view first, then by latest activity. */
function latest(chats: readonly ChatSummary[], isWatched: (chatId: string) => boolean): readonly ChatSummary[] {
  const rank = (chat: ChatSummary) => `${isWatched(chat.id) ? 1 : 0} ${chat.lastMessage?.createdAt ?? chat.createdAt}`;
  return [...chats].sort((a, b) => (rank(a) < rank(b) ? 1 : -1)).slice(0, MAX_CHATS);
}
