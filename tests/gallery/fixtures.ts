import type {
  ChatSummary,
  InvitePreview,
  JoinRequest,
  Message,
  Notice,
  Person,
  Reply,
  Waiting,
} from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { OutboxEntry } from '../../lib/model/outbox.ts';
import type { AppState } from '../../lib/model/protocol.ts';
import { ANA, BEN, byId, CHIARA, DANA, EMIL, ME, membersOf, PEOPLE, WILHELMINA } from './people.ts';

/** The moment at which the gallery stands still. */
export const NOW = new Date('2026-11-23T14:32:00.000Z');

export const BOOK_CLUB = summary({ id: id(1), title: 'Book club', lastReadSeq: 40, memberCount: 6 });
export const SOLO = summary({ id: id(2), kind: 'solo', title: '', memberCount: 1 });

export function id(number: number): string {
  return `0199e000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export function summary(chat: Partial<ChatSummary>): ChatSummary {
  return {
    id: id(1),
    kind: 'group',
    title: 'Book club',
    instructions: '',
    replyMode: 'mention',
    epoch: 1,
    creatorId: ANA.id,
    createdAt: '2026-11-01T08:00:00.000Z',
    lastSeq: 60,
    lastReadSeq: 60,
    unread: 0,
    memberCount: 3,
    notificationLevel: 'all',
    lastMessage: null,
    mentioned: false,
    archived: false,
    pendingRequests: 0,
    ...chat,
  };
}

let lastSeq = 10;

export function message(author: Person | 'ai', body: string, createdAt: string, more: Partial<Message> = {}): Message {
  lastSeq += 1;
  return {
    id: id(1000 + lastSeq),
    chatId: BOOK_CLUB.id,
    seq: lastSeq,
    kind: author === 'ai' ? 'assistant' : 'member',
    authorId: author === 'ai' ? null : author.id,
    body,
    target: 'default',
    status: 'complete',
    replyTo: null,
    notice: null,
    createdAt: `2026-11-${createdAt}:00.000Z`,
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

export function notice(said: Notice, createdAt: string): Message {
  return message(ANA, '', createdAt, { kind: 'system', authorId: null, notice: said });
}

export function outgoing(body: string, state: OutboxEntry['state'], number = 1): OutboxEntry {
  return {
    id: id(9000 + number),
    chatId: BOOK_CLUB.id,
    body,
    target: 'default',
    replyTo: null,
    files: [],
    shares: [],
    createdAt: `2026-11-23T14:31:0${number}.000Z`,
    state,
  };
}

export function reply(more: Partial<Reply>): Reply {
  return {
    jobId: id(8000),
    chatId: BOOK_CLUB.id,
    messageId: id(8001),
    triggerMessageId: id(8002),
    askerId: ME.id,
    state: 'running',
    attempt: 1,
    stopping: false,
    status: null,
    text: '',
    ...more,
  };
}

export function view(more: Partial<ChatView> = {}): ChatView {
  return {
    chat: BOOK_CLUB,
    members: membersOf(6),
    people: byId(PEOPLE),
    messages: TALK,
    hasOlder: false,
    hasNewer: false,
    follows: true,
    outbox: [],
    files: [],
    shares: [],
    requests: [],
    replies: [],
    draft: '',
    presence: {},
    reads: {},
    ...more,
  };
}

/** An afternoon in the book club. */
export const TALK: readonly Message[] = [
  notice({ type: 'created', userId: ANA.id }, '21T09:12'),
  notice({ type: 'joined', userId: BEN.id, by: null }, '21T09:20'),
  message(ANA, 'I opened chapter four here in the reader. The footnotes are better than the text 😄', '22T18:02'),
  message(ANA, 'Does anybody know what “lagan” means? It stands in the third paragraph.', '22T18:03'),
  message(BEN, '@ai what is lagan?', '22T18:05'),
  message(
    'ai',
    'Lagan is cargo that was thrown overboard and tied to a buoy, so that it could be found again.\n\nIt stands beside three related words: flotsam floats after a wreck, jetsam was thrown off to save the ship, and derelict lies on the sea floor without hope of recovery. In the paragraph you are reading it is used as a joke about the narrator’s unread letters.',
    '22T18:05',
  ),
  message(CHIARA, 'Oh, that makes the letter scene so much sadder.', '22T18:09'),
  notice({ type: 'joined', userId: WILHELMINA.id, by: null }, '23T13:40'),
  message(
    WILHELMINA,
    'Hello everyone, thank you for having me. I am two chapters behind, so please no spoilers until Thursday.',
    '23T13:42',
  ),
  message(BEN, 'Welcome! Nobody here is ever on time.', '23T13:44'),
  message(
    BEN,
    'There is a good essay about it: https://en.wikipedia.org/wiki/Flotsam,_jetsam,_lagan_and_derelict (skip the legal part).',
    '23T13:46',
  ),
  message(DANA, 'אני קוראת את זה ברכבת. אפשר לדבר על זה מחר?', '23T14:20'),
  message(EMIL, 'Tomorrow works for me.\nAfter six, if possible.', '23T14:28'),
];

/** What an invite into the book club leads to. */
export function preview(more: Partial<InvitePreview> = {}): InvitePreview {
  return {
    title: 'Book club',
    memberCount: 6,
    maxMembers: 20,
    inviter: 'Ana Kovač',
    chatId: null,
    needsApproval: false,
    waiting: false,
    page: null,
    ...more,
  };
}

/** Many chats, as somebody has who likes it here. */
const CHATS: readonly ChatSummary[] = [
  { ...BOOK_CLUB, lastMessage: TALK.at(-1) ?? null, unread: 2 },
  summary({
    id: id(11),
    title: 'Kitchen rebuild',
    memberCount: 2,
    lastMessage: message(ANA, 'The tiles on this page are the ones I meant', '23T11:17'),
    mentioned: false,
    archived: false,
    pendingRequests: 0,
  }),
  summary({
    id: id(12),
    title: 'The Very Long Name of a Reading Group That Meets on Alternate Wednesdays',
    unread: 100,
    lastMessage: message(
      WILHELMINA,
      'I cannot make it this week, but please go on without me and tell me how it went',
      '22T19:05',
    ),
  }),
  summary({
    id: id(13),
    title: 'קבוצת קריאה',
    lastMessage: message(DANA, 'נתראה ביום ראשון', '20T07:55'),
    mentioned: false,
    archived: false,
    pendingRequests: 0,
  }),
  summary({
    id: id(14),
    title: '🚲 Saturday ride',
    lastMessage: notice({ type: 'joined', userId: CHIARA.id, by: null }, '16T08:00'),
    mentioned: false,
    archived: false,
    pendingRequests: 0,
  }),
  {
    ...SOLO,
    title: 'Tax form, page 3',
    lastMessage: message('ai', 'Line 14 is for interest you paid yourself.', '23T08:41'),
    mentioned: false,
    archived: false,
    pendingRequests: 0,
  },
  summary({
    id: id(21),
    kind: 'solo',
    title: '',
    lastMessage: message(ME, 'Shorten this abstract to 100 words', '19T16:20'),
    mentioned: false,
    archived: false,
    pendingRequests: 0,
  }),
];

/** The same list with every mark that a row can have. */
export const MARKED: readonly ChatSummary[] = CHATS.map((chat, index) => ({
  ...chat,
  mentioned: index === 0,
  notificationLevel: index === 2 || index === 3 ? 'none' : 'all',
  pendingRequests: index === 1 ? 2 : 0,
  archived: index === 4 || index === 6,
}));

export const REQUESTS: readonly JoinRequest[] = [
  { ...WILHELMINA, createdAt: '2026-11-23T14:00:00.000Z' },
  { ...EMIL, createdAt: '2026-11-23T14:10:00.000Z' },
];

export const WAITING: Waiting = { chatId: id(30), title: 'Harbour readers', createdAt: '2026-11-23T14:00:00.000Z' };

export function appState(more: Partial<AppState> = {}): AppState {
  return {
    session: { name: 'signed-in', email: 'ben@example.org', me: ME },
    connection: 'online',
    chats: CHATS,
    chatsLoaded: true,
    people: byId(PEOPLE),
    intent: null,
    waiting: [],
    blocked: [],
    quietHours: null,
    mailUrl: null,
    ...more,
  };
}
