import type { NotificationAccess } from '../../components/panel/notification-switch.ts';
import type { MicrophoneScreenState } from '../../components/voice/MicrophoneScreen.tsx';
import { failure } from '../../lib/model/failure.ts';
import type { Surface } from '../../lib/model/protocol.ts';
import type { RecorderMessage } from '../../lib/model/voice.ts';
import { BESIDE_STATES } from './beside-states.ts';
import type { FakeHubState } from './fake-hub.ts';
import { FILE_STATES } from './file-states.ts';
import {
  appState,
  BOOK_CLUB,
  id,
  message,
  notice,
  outgoing,
  preview,
  reply,
  SOLO,
  summary,
  TALK,
  view,
} from './fixtures.ts';
import { GROUP_STATES } from './group-states.ts';
import { HOSTILE } from './hostile.ts';
import { LIMITED_STATES } from './limited-states.ts';
import { LIST_STATES } from './list-states.ts';
import { longChat } from './long-chat.ts';
import { CODE, EVERYTHING, FORMULAS, HALF_OPEN, RIGHT_TO_LEFT, TABLE } from './markdown-texts.ts';
import { MESSAGE_STATES } from './message-states.ts';
import { MODEL_STATES } from './model-states.ts';
import { NOTIFICATION_STATES } from './notification-states.ts';
import { ANA, BEN, CHIARA, DANA, EMIL, ME, membersOf, WILHELMINA } from './people.ts';
import { SAFETY_STATES } from './safety-states.ts';
import { SHARE_STATES } from './share-states.ts';
import { choosePicture, click, fill, find, focus, type Steps, see } from './steps.ts';
import { TOOL_STATES } from './tool-states.ts';
import { VOICE_STATES } from './voice-states.ts';
import { YOUNG_STATES } from './young-states.ts';

export interface GalleryState extends FakeHubState {
  /** The window of the microphone instead of the panel. */
  readonly microphone?: MicrophoneScreenState;
  /** What the recorder says once the microphone was pressed. */
  readonly recorder?: readonly RecorderMessage[];
  /** What a person does before the picture is taken. */
  readonly steps?: Steps;
  /** What the browser says of notifications; off when nothing is said. */
  readonly notifying?: NotificationAccess;
  /** Where the panel is, if not over a page. */
  readonly surface?: Surface;
  /** Why a sensitive action is held back. */
  readonly verdict?: 'covered' | 'settling' | 'unsupported';
}

const signedOut = appState({
  session: { name: 'signed-out', failure: null },
  chats: [],
  mailUrl: 'http://127.0.0.1/mail',
});
const newcomer = appState({
  session: { name: 'needs-profile', userId: ME.id, email: 'ben@example.org', isAgeKnown: true },
  chats: [],
});
const inChat = { app: appState(), chatId: BOOK_CLUB.id } as const;
const invited = { token: 'Qm9va0NsdWJUb2tlbjEyMw' };
const emptyGroup = summary({ id: id(5), title: 'Book club', memberCount: 1, creatorId: ME.id });
const openMembers = [click('.people-button')];
const openInvite = [click('[aria-label="Invite people"]')];

/** Every state of the panel that somebody should have looked at. */
export const STATES: Readonly<Record<string, GalleryState>> = {
  starting: { app: 'silent' },
  refused: { app: 'refused' },

  'sign-in': { app: signedOut },
  'sign-up': { app: signedOut, steps: [click('.form-ways button')] },
  'sign-up-problems': {
    app: signedOut,
    steps: [click('.form-ways button'), fill('[type=email]', 'ana@'), click('[type=submit]')],
  },
  'sign-in-wrong': {
    app: signedOut,
    answers: { signIn: () => failure('wrong_credentials') },
    steps: [
      fill('[type=email]', 'ana@example.org'),
      fill('[type=password]', 'not my password'),
      click('[type=submit]'),
    ],
  },
  'sign-in-revoked': { app: appState({ session: { name: 'signed-out', failure: failure('signed_out') } }) },
  'sign-in-unreachable': { app: appState({ session: { name: 'signed-out', failure: null }, connection: 'offline' }) },
  code: {
    app: signedOut,
    steps: [click('.form-ways button:last-child'), fill('[type=email]', 'ana@example.org'), click('[type=submit]')],
  },
  'code-wrong': {
    app: signedOut,
    answers: { verifyCode: () => failure('wrong_code') },
    steps: [
      click('.form-ways button:last-child'),
      fill('[type=email]', 'ana@example.org'),
      click('[type=submit]'),
      fill('[inputmode=numeric]', '123456'),
    ],
  },

  profile: { app: newcomer, steps: [fill('[autocomplete=name]', 'Ben Okafor'), see('.good')] },
  'profile-taken': {
    app: newcomer,
    steps: [fill('[autocomplete=name]', 'Ben Okafor'), fill('[autocomplete=username]', 'ana'), see('.problem')],
  },
  'profile-crop': { app: newcomer, steps: [choosePicture()] },
  'profile-edit': {
    app: appState(),
    steps: [click('.account-button'), click('.menu [role=menuitem]')],
  },

  ...LIST_STATES,

  chat: { ...inChat, view: view() },
  'chat-unread': { ...inChat, view: view({ chat: { ...BOOK_CLUB, unread: 3, lastReadSeq: TALK[9]?.seq ?? 0 } }) },
  'chat-loading': { ...inChat, view: null },
  'chat-empty': {
    ...inChat,
    chatId: emptyGroup.id,
    view: view({
      chat: emptyGroup,
      members: membersOf(2).slice(1),
      messages: [notice({ type: 'created', userId: ME.id }, '23T14:00')],
    }),
  },
  'chat-quiet': { ...inChat, view: view({ messages: [notice({ type: 'created', userId: ANA.id }, '23T14:00')] }) },
  'chat-solo-empty': {
    ...inChat,
    chatId: SOLO.id,
    view: view({ chat: SOLO, members: membersOf(2).slice(1), messages: [] }),
  },
  'chat-solo': {
    ...inChat,
    chatId: SOLO.id,
    view: view({
      chat: { ...SOLO, title: 'Tax form, page 3' },
      messages: [
        message(ME, 'What goes into line 14?', '23T08:40'),
        message(
          'ai',
          'Line 14 is for interest you paid yourself. Interest that your employer paid for you belongs in line 16.',
          '23T08:41',
        ),
      ],
    }),
  },
  'chat-offline': {
    ...inChat,
    app: appState({ connection: 'offline' }),
    view: view({ outbox: [outgoing('I am in the tunnel, this will come later', { name: 'pending', attempts: 2 })] }),
  },
  'chat-failed': {
    ...inChat,
    view: view({
      outbox: [
        outgoing('Did this one arrive?', { name: 'failed', failure: failure('unknown') }, 1),
        outgoing('And this?', { name: 'failed', failure: failure('not_member') }, 2),
      ],
    }),
  },
  'chat-thinking': {
    ...inChat,
    view: view({
      messages: [...TALK, message(ME, '@ai what happens in chapter five?', '23T14:31')],
      replies: [reply({})],
    }),
  },
  'chat-writing': {
    ...inChat,
    view: view({
      messages: [...TALK, message(ME, '@ai what happens in chapter five?', '23T14:31')],
      replies: [
        reply({ text: 'Without giving the ending away: the narrator returns to the harbour, and finds that the' }),
        reply({ jobId: id(8100), messageId: id(8101), state: 'queued' }),
      ],
    }),
  },
  'chat-stopped': {
    ...inChat,
    view: view({
      messages: [
        ...TALK,
        message('ai', 'The narrator returns to the harbour, and', '23T14:30', { status: 'stopped' }),
        message('ai', '', '23T14:31', { status: 'failed' }),
      ],
    }),
  },
  'chat-older': { ...inChat, view: view({ hasOlder: true }), answers: { loadOlder: () => failure('unreachable') } },
  'chat-older-quiet': {
    ...inChat,
    view: view({ hasOlder: true }),
    answers: { loadOlder: () => new Promise((resolve) => Object.assign(globalThis, { answerPage: resolve })) },
  },
  'chat-long': { ...inChat, ...longChat() },
  'chat-long-found': { app: appState(), ...longChat() },
  'chat-scrolled': {
    ...inChat,
    view: view({ messages: [...TALK, ...TALK.map((old) => ({ ...old, id: `${old.id}b`, seq: old.seq + 500 }))] }),
    steps: [scrollUp()],
  },
  'chat-long-words': {
    ...inChat,
    view: view({
      chat: { ...BOOK_CLUB, title: 'The Very Long Name of a Reading Group That Meets on Alternate Wednesdays' },
      members: membersOf(20),
      messages: [
        message(WILHELMINA, `Look: https://example.org/${'a-very-long-path/'.repeat(12)}end`, '23T14:00'),
        message(
          WILHELMINA,
          'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselbundanhänger'.repeat(3),
          '23T14:01',
        ),
        message(DANA, 'שלום לכולם! זה עובד גם עם English באמצע המשפט, נכון? https://example.org/he', '23T14:05'),
        message(CHIARA, 'لا بأس، سأقرأ الفصل الرابع الليلة.', '23T14:06'),
        message(EMIL, '<b>not bold</b> javascript:alert(1) **plain** http://127.0.0.1:8080/x', '23T14:07', {
          target: 'people',
        }),
        message(BEN, 'This one was mended.', '23T14:08', { editedAt: '2026-11-23T14:09:00.000Z' }),
        message(ANA, '', '23T14:10', { deletedAt: '2026-11-23T14:11:00.000Z' }),
        notice({ type: 'removed', userId: EMIL.id, by: ANA.id }, '23T14:12'),
        notice({ type: 'creator', userId: ME.id, by: null }, '23T14:13'),
      ],
    }),
  },

  markdown: {
    ...inChat,
    view: view({ messages: [message(ANA, EVERYTHING, '23T14:00')] }),
    steps: [see('.rich-text math')],
  },
  'markdown-code': {
    ...inChat,
    view: view({ messages: [message('ai', CODE, '23T14:00')] }),
    steps: [see('.hljs-keyword')],
  },
  'markdown-table': {
    ...inChat,
    view: view({ messages: [message('ai', TABLE, '23T14:00')] }),
    steps: [see('.table-box')],
  },
  'markdown-formulas': {
    ...inChat,
    view: view({ messages: [message('ai', FORMULAS, '23T14:00')] }),
    steps: [see('.formula-block math')],
  },
  'markdown-rtl': {
    ...inChat,
    view: view({ messages: [message(DANA, RIGHT_TO_LEFT, '23T14:00')] }),
    steps: [see('.rich-text')],
  },
  'markdown-writing': {
    ...inChat,
    view: view({ messages: [message(ME, '@ai how?', '23T14:31')], replies: [reply({ text: HALF_OPEN })] }),
    steps: [see('.rich-text pre')],
  },
  'markdown-hostile': {
    ...inChat,
    view: view({ messages: HOSTILE.map((text) => message(EMIL, text, '23T14:00')) }),
    steps: [see('.rich-text math'), see('.hljs-tag')],
  },

  'chat-replies': {
    ...inChat,
    view: view({
      messages: [
        ...TALK,
        message(ANA, 'It is the one with the harbour.', '23T14:29', { replyTo: TALK[3]?.id ?? null }),
        message(CHIARA, 'I thought so too!', '23T14:30', { replyTo: id(77) }),
        message(BEN, 'Thank you, that helps.', '23T14:30', { replyTo: TALK[5]?.id ?? null }),
      ],
    }),
  },
  'message-actions': { ...inChat, view: view(), steps: [focus('[data-message]:last-child .message-actions button')] },
  'composer-reply': {
    ...inChat,
    view: view({ draft: 'Yes, after six' }),
    steps: [click('[data-message]:last-child [aria-label="Reply"]'), see('.answered-line')],
  },

  'composer-text': {
    ...inChat,
    view: view({ draft: 'I would say that\nthe third chapter is the best one.\n\n@ai do you agree?' }),
  },
  'composer-long': {
    ...inChat,
    view: view({ draft: `${'A long line of text that goes on. '.repeat(40)}\n`.repeat(6) }),
  },
  'composer-near': { ...inChat, view: view({ draft: 'x'.repeat(15_900) }) },
  'composer-over': { ...inChat, view: view({ draft: 'x'.repeat(16_001) }) },
  'composer-mention': { ...inChat, view: view(), steps: [fill('textarea', 'Hello @')] },
  'composer-target': { ...inChat, view: view(), steps: [click('.target-button')] },
  'composer-people': {
    ...inChat,
    view: view({ draft: 'Only for you' }),
    steps: [click('.target-button'), click('.menu [role=menuitemradio]:last-child')],
  },

  ...VOICE_STATES,
  ...YOUNG_STATES,
  ...GROUP_STATES,
  ...FILE_STATES,
  ...TOOL_STATES,
  ...BESIDE_STATES,
  ...SHARE_STATES,
  ...MESSAGE_STATES,
  ...MODEL_STATES,
  ...NOTIFICATION_STATES,
  members: { ...inChat, view: view(), steps: openMembers },
  'members-20': { ...inChat, view: view({ members: membersOf(20) }), steps: openMembers },
  'members-remove': { ...inChat, view: view(), steps: [...openMembers, click('[aria-label="Remove Emil"]')] },
  'members-leave': {
    ...inChat,
    view: view(),
    steps: [...openMembers, click('.sheet > footer button:last-child')],
  },

  invite: { ...inChat, view: view(), steps: openInvite },
  'invite-failed': {
    ...inChat,
    view: view(),
    answers: { createInvite: () => failure('unreachable') },
    steps: openInvite,
  },
  'invite-reset': { ...inChat, view: view(), steps: [...openInvite, click('.invite-reset button')] },
  'invite-was-reset': {
    ...inChat,
    view: view(),
    steps: [...openInvite, click('.invite-reset button'), click('.confirm .danger')],
  },
  'new-group': { app: appState(), steps: [click('[aria-label="New group"]')] },

  invited: { app: appState({ intent: invited }) },
  'invited-loading': { app: appState({ intent: invited }), answers: { previewInvite: () => new Promise(() => {}) } },
  'invited-full': {
    app: appState({ intent: invited }),
    answers: {
      previewInvite: () => preview({ memberCount: 20 }),
    },
  },
  'invited-member': {
    app: appState({ intent: invited }),
    answers: {
      previewInvite: () => preview({ chatId: BOOK_CLUB.id }),
    },
  },
  'invited-too-late': {
    app: appState({ intent: invited }),
    answers: { redeemInvite: () => failure('group_full') },
    steps: [click('.primary')],
  },
  'invited-dead': { app: appState({ intent: invited }), answers: { previewInvite: () => failure('invite_invalid') } },
  'invited-offline': {
    app: appState({ intent: invited, connection: 'offline' }),
    answers: { previewInvite: () => failure('unreachable') },
  },
  ...LIMITED_STATES,
  ...SAFETY_STATES,
  'invited-signed-out-offline': {
    app: { ...signedOut, intent: invited, connection: 'offline' },
    answers: { previewInvite: () => failure('unreachable') },
  },
  'invited-signed-out': { app: { ...signedOut, intent: invited } },
  'invited-newcomer': { app: { ...newcomer, intent: invited } },

  covered: { ...inChat, view: view({ draft: 'Hello' }), verdict: 'covered', steps: [click('.send-button')] },
  unsupported: {
    app: signedOut,
    verdict: 'unsupported',
    steps: [fill('[type=email]', 'a@b.cd'), fill('[type=password]', 'x1y2z3w4'), click('[type=submit]')],
  },
  toast: {
    app: appState(),
    answers: { createChat: () => failure('unreachable') },
    steps: [click('[aria-label="New chat with the AI"]')],
  },
};

function scrollUp(): Steps[number] {
  return async () => {
    (await find('.message-scroller')).scrollTop = 200;
    await find('.jump-to-latest');
  };
}
