import type { HubPort } from '../../../lib/hub/panel-line.ts';
import type { ChatSummary, Message } from '../../../lib/model/chat.ts';
import type { ChatView } from '../../../lib/model/chat-view.ts';
import type { AppState, HubMessage, PanelMessage } from '../../../lib/model/protocol.ts';

export type PanelRequest = Extract<PanelMessage, { type: 'request' }>;

/** One port as the hub sees it. */
export interface HubEnd {
  readonly received: readonly PanelMessage[];
  readonly requests: readonly PanelRequest[];
  readonly isClosed: boolean;
  say(message: HubMessage): void;
  answer(request: PanelRequest | undefined, value?: unknown): void;
  /** The worker behind the port is ended. */
  break(): void;
}

/** A hub that does only what the test says, with all ports that were opened to it. */
export function scriptHub() {
  const ends: HubEnd[] = [];
  function open(): HubPort {
    const received: PanelMessage[] = [];
    let hear: (message: HubMessage) => void = () => {};
    let lose: () => void = () => {};
    let isClosed = false;
    const end: HubEnd = {
      received,
      get requests() {
        return received.filter((message): message is PanelRequest => message.type === 'request');
      },
      get isClosed() {
        return isClosed;
      },
      say: (message) => hear(message),
      answer(request, value = null) {
        if (request === undefined) throw new Error('there is no such request');
        hear({ type: 'response', id: request.id, ok: true, value });
      },
      break: () => lose(),
    };
    ends.push(end);
    return {
      postMessage: (message) => received.push(structuredClone(message)),
      onMessage(listener) {
        hear = listener;
      },
      onDisconnect(listener) {
        lose = listener;
      },
      disconnect() {
        isClosed = true;
      },
    };
  }
  return {
    ends,
    open,
    get last(): HubEnd {
      const end = ends.at(-1);
      if (end === undefined) throw new Error('no port was opened');
      return end;
    },
  };
}

export const CHAT_ID = 'chat-1';

export function appState(more: Partial<AppState> = {}): AppState {
  return {
    session: { name: 'signed-out', failure: null },
    connection: 'online',
    chats: [],
    chatsLoaded: true,
    people: {},
    intent: null,
    waiting: [],
    blocked: [],
    quietHours: null,
    mailUrl: null,
    ...more,
  };
}

export function chatSummary(more: Partial<ChatSummary> = {}): ChatSummary {
  return {
    id: CHAT_ID,
    kind: 'group',
    title: 'Book club',
    instructions: '',
    replyMode: 'mention',
    epoch: 1,
    creatorId: 'ana',
    createdAt: '2026-11-01T08:00:00.000Z',
    lastSeq: 0,
    lastReadSeq: 0,
    unread: 0,
    memberCount: 2,
    notificationLevel: 'all',
    lastMessage: null,
    mentioned: false,
    archived: false,
    pendingRequests: 0,
    ...more,
  };
}

export function chatView(more: Partial<ChatView> = {}): ChatView {
  return {
    chat: chatSummary(),
    members: [],
    people: {},
    files: [],
    shares: [],
    presence: {},
    reads: {},
    messages: [],
    hasOlder: false,
    hasNewer: false,
    follows: true,
    outbox: [],
    requests: [],
    replies: [],
    draft: '',
    ...more,
  };
}

export function chatMessage(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `message-${seq}`,
    chatId: CHAT_ID,
    seq,
    kind: 'member',
    authorId: 'ana',
    body: `words ${seq}`,
    target: 'default',
    status: 'complete',
    replyTo: null,
    notice: null,
    createdAt: '2026-11-23T14:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    mentions: [],
    mentionsAll: false,
    reactions: [],
    attachments: [],
    sources: [],
    shares: [],
    ...more,
  };
}
