import type { RealtimeChannel } from '@supabase/supabase-js';
import type { Delta } from '../model/chat.ts';
import type { Backend } from './backend.ts';
import { changeRow, type HeardChange, hintRow } from './wire/changes.ts';
import { type MembershipNews, membershipRow } from './wire/chats.ts';
import {
  type PagePresenceChoice,
  type PagePresenceNews,
  pagePresenceChoiceRow,
  pagePresenceRow,
} from './wire/page-presence.ts';
import { type PresenceNews, presenceRow, type ReadNews, readRow } from './wire/presence.ts';
import { deltaRow, type LimitNews, limitRow, type ReplyNews, replyEventRow } from './wire/replies.ts';
import { anything, type Row, tryParse } from './wire/rows.ts';

/**
 * What becomes of a joined topic. `joined` comes again after every reconnection, and what was sent in between was missed.
 * `lost`: joining is tried again by itself. `closed`: final; join anew.
 */
export type TopicState = 'joined' | 'lost' | 'closed';

export interface ChatTopicHandlers {
  onState(state: TopicState): void;
  onChange(change: HeardChange): void;
  /** Something changed that must be read from the log. */
  onHint(chatId: string): void;
  onReply(news: ReplyNews): void;
  onDelta(delta: Delta): void;
  onPresence(news: PresenceNews): void;
  onRead(news: ReadNews): void;
}

export interface UserTopicHandlers {
  onState(state: TopicState): void;
  onMembership(news: MembershipNews): void;
  /** As in the chat itself, where somebody there may not know of it. */
  onPresence(news: PresenceNews): void;
  onRead(news: ReadNews): void;
  onPagePresence(news: PagePresenceNews): void;
  onPagePresenceChoice(choice: PagePresenceChoice): void;
  /** The person's plan allows no answer for now to what they asked. */
  onLimit(news: LimitNews): void;
  /** The person's quiet hours changed. */
  onQuietHours(): void;
  /** A link to a guardian, or of one, changed. */
  onGuardian(): void;
  /** Whom the person blocked changed. */
  onBlocks(): void;
}

/** Leaves the topic; afterwards no handler is called. Resolves when the same topic may be joined again. */
export type Leave = () => Promise<void>;

export function joinChat(
  backend: Backend,
  { chatId, epoch }: { chatId: string; epoch: number },
  handlers: ChatTopicHandlers,
): Leave {
  return join(backend, `chat:${chatId}:${epoch}`, handlers.onState, (channel, listen) => {
    listen(channel, 'change', changeRow, handlers.onChange);
    listen(channel, 'hint', hintRow, ({ chatId: hinted }) => handlers.onHint(hinted));
    listen(channel, 'reply', replyEventRow, handlers.onReply);
    listen(channel, 'delta', deltaRow, handlers.onDelta);
    listen(channel, 'presence', presenceRow, handlers.onPresence);
    listen(channel, 'read', readRow, handlers.onRead);
  });
}

export function joinUser(backend: Backend, userId: string, handlers: UserTopicHandlers): Leave {
  return join(backend, `user:${userId}`, handlers.onState, (channel, listen) => {
    listen(channel, 'membership', membershipRow, handlers.onMembership);
    listen(channel, 'presence', presenceRow, handlers.onPresence);
    listen(channel, 'read', readRow, handlers.onRead);
    listen(channel, 'page_presence', pagePresenceRow, handlers.onPagePresence);
    listen(channel, 'page_presence_choice', pagePresenceChoiceRow, handlers.onPagePresenceChoice);
    listen(channel, 'limit', limitRow, handlers.onLimit);
    listen(channel, 'quiet_hours', anything, handlers.onQuietHours);
    listen(channel, 'guardian', anything, handlers.onGuardian);
    listen(channel, 'blocks', anything, handlers.onBlocks);
  });
}

/** Makes a socket that waits for its next try, or hangs in one, connect at once. One that is open stays. */
export async function reconnectNow({ client: { realtime } }: Backend): Promise<void> {
  if (realtime.isConnected() || realtime.getChannels().length === 0) return;
  await realtime.disconnect();
  realtime.connect();
}

type Listen = <T>(channel: RealtimeChannel, event: string, schema: Row<T>, handle: (value: T) => void) => void;

function join(
  backend: Backend,
  topic: string,
  onState: (state: TopicState) => void,
  listenAll: (channel: RealtimeChannel, listen: Listen) => void,
): Leave {
  const channel = backend.client.channel(topic, { config: { private: true } });
  let left = false;
  listenAll(channel, (on, event, schema, handle) => {
    on.on('broadcast', { event }, ({ payload }: { payload?: unknown }) => {
      // A broadcast is a hint: one that this version cannot read is found again by its seq.
      const value = tryParse(schema, payload);
      if (!left && value !== null) handle(value);
    });
  });
  // Without the token in place the join would go out as nobody's, or as the last person's, and be refused.
  backend.presentToken().then(subscribe, subscribe);

  function subscribe(): void {
    if (left) return;
    channel.subscribe((status) => {
      if (!left) onState(status === 'SUBSCRIBED' ? 'joined' : status === 'CLOSED' ? 'closed' : 'lost');
    });
  }

  return async () => {
    left = true;
    await backend.client.removeChannel(channel);
  };
}
