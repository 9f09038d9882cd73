import type { ReplyNews } from '../data/wire/replies.ts';
import type { Delta, Reply } from '../model/chat.ts';
import { placeDelta } from '../model/chat-view.ts';
import { callAfter } from './timers.ts';
import type { Views } from './views.ts';

/** Running replies in the chats that are shown. */
export interface LiveReplies {
  hear(news: ReplyNews): void;
  hearDelta(delta: Delta): void;
  /** Reads the running replies of a shown chat again: after a break, events of theirs were missed. */
  reload(chatId: string): Promise<void>;
  /** Gets a reply going that this message may have queued. Once per message. */
  poke(chatId: string, triggerMessageId: string): void;
}

interface Deps {
  readonly views: Pick<Views, 'emit' | 'get' | 'isWatched'>;
  /** The stored state of one reply, with its text so far. */
  readReply(jobId: string): Promise<ReplyNews | null>;
  /** The chat's replies that have not ended. */
  readReplies(chatId: string): Promise<readonly Reply[]>;
  pokeReply(chatId: string): Promise<void>;
  readonly userId: string;
  readonly signal: AbortSignal;
  catchUp(chatId: string): Promise<void>;
  onFault(reason: unknown): void;
}

/**
 * An event can be here before its transaction is visible to others, and a poke that early would find nothing. Whoever sent the
 * message pokes when its row was answered; this is for the case that they do not live to see that.
 */
const POKE_PAUSE = 1_000;
/** How many messages that were poked for are remembered. */
const REMEMBERED = 100;

export function createLiveReplies(deps: Deps): LiveReplies {
  const { views, userId, signal, catchUp, onFault } = deps;
  /** Deltas that wait for the stored text of their job, which is being read. */
  const waiting = new Map<string, Delta[]>();
  const poked = new Set<string>();

  function hear(news: ReplyNews): void {
    if (news.ended) return end(news);
    const { reply } = news;
    if (reply.state === 'queued' && reply.askerId === userId) {
      callAfter(POKE_PAUSE, signal, () => poke(reply.chatId, reply.triggerMessageId));
    }
    views.emit(reply.chatId, { name: 'reply', reply });
  }

  /** The words stay until the message with them is there. */
  function end({ chatId, jobId, messageId }: Extract<ReplyNews, { ended: true }>): void {
    if (!views.isWatched(chatId)) return;
    const close = () => views.emit(chatId, { name: 'reply-ended', jobId });
    if (hasMessage(chatId, messageId)) close();
    else catchUp(chatId).then(close, close);
  }

  function hearDelta(delta: Delta): void {
    const { chatId, jobId } = delta;
    const held = waiting.get(jobId);
    if (held !== undefined) return void held.push(delta);
    const view = views.get(chatId);
    // While the view is being loaded the fold itself decides: what it reads holds the text so far.
    if (view === null) return views.emit(chatId, { name: 'delta', delta });
    const place = placeDelta(
      view.replies.find((reply) => reply.jobId === jobId),
      delta,
    );
    if (place === 'next') views.emit(chatId, { name: 'delta', delta });
    else if (place === 'gap') fill(delta);
  }

  function fill(delta: Delta): void {
    const { chatId, jobId } = delta;
    waiting.set(jobId, [delta]);
    deps
      .readReply(jobId)
      .then((news) => {
        if (news !== null && !news.ended) views.emit(chatId, { name: 'reply', reply: news.reply });
      }, onFault)
      .finally(() => {
        const held = waiting.get(jobId) ?? [];
        waiting.delete(jobId);
        for (const next of held) {
          const reply = views.get(chatId)?.replies.find((other) => other.jobId === jobId);
          if (placeDelta(reply, next) === 'next') views.emit(chatId, { name: 'delta', delta: next });
        }
      });
  }

  async function reload(chatId: string): Promise<void> {
    const before = views.get(chatId)?.replies ?? [];
    if (!views.isWatched(chatId)) return;
    const running = await deps.readReplies(chatId);
    for (const reply of running) views.emit(chatId, { name: 'reply', reply });
    for (const reply of before) if (!isAmong(running, reply)) end({ ...reply, ended: true });
  }

  function poke(chatId: string, triggerMessageId: string): void {
    if (poked.has(triggerMessageId)) return;
    poked.add(triggerMessageId);
    for (const oldest of poked) if (poked.size > REMEMBERED) poked.delete(oldest);
    // In vain it does no harm, and undone it is made good: the server sweeps what nobody poked.
    deps.pokeReply(chatId).catch(() => {});
  }

  function hasMessage(chatId: string, messageId: string): boolean {
    return views.get(chatId)?.messages.some(({ id }) => id === messageId) ?? false;
  }

  return { hear, hearDelta, reload, poke };
}

function isAmong(replies: readonly Reply[], { jobId }: Reply): boolean {
  return replies.some((reply) => reply.jobId === jobId);
}
