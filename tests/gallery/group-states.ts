import type { Member } from '../../lib/model/chat.ts';
import { appState, BOOK_CLUB, id, MARKED, preview, REQUESTS, SOLO, view, WAITING } from './fixtures.ts';
import { ANA, EMIL, ME, membersOf, WILHELMINA } from './people.ts';
import type { GalleryState } from './states.ts';
import { click, fill, see } from './steps.ts';

const inChat = { app: appState(), chatId: BOOK_CLUB.id } as const;
const openAbout = [click('.about-button')];
const openMembers = [click('.people-button')];
const openInvite = [click('[aria-label="Invite people"]')];

/** Letters that nobody can see, nor type. */
export const HIDING = 'Book\u200b\u2060 cl\u00adub\u{e0041}';

const here = { [ANA.id]: 'here', [EMIL.id]: 'here' } as const;

const PASSAGE = {
  url: 'https://en.wikipedia.org/wiki/Flotsam,_jetsam,_lagan_and_derelict',
  quote:
    'Lagan is cargo that was thrown overboard and tied to a buoy, so that it could be found again by those who had to let go of it.',
};

/** The first of the cast, the one who looks being the creator. */
function asCreator(count: number): readonly Member[] {
  return membersOf(count).map((member) => ({ ...member, role: member.id === ME.id ? 'creator' : 'member' }));
}

/** Looking after a group: what it is called, who comes in and how, and what becomes of it. */
export const GROUP_STATES: Readonly<Record<string, GalleryState>> = {
  about: {
    ...inChat,
    view: view({ chat: { ...BOOK_CLUB, instructions: 'One chapter a week. No spoilers.' } }),
    steps: openAbout,
  },
  'about-changed': {
    ...inChat,
    view: view(),
    steps: [...openAbout, fill('.sheet .text-field input', 'Harbour readers')],
  },
  'about-on-page': {
    ...inChat,
    view: view(),
    answers: { readPagePresence: () => true },
    steps: [...openAbout, see('.check-field input:checked')],
  },
  'about-on-page-covered': {
    ...inChat,
    view: view(),
    verdict: 'covered',
    steps: [...openAbout, click('.check-field input'), see('.obstacle')],
  },
  'chat-on-page': { ...inChat, view: view({ presence: here }), onPage: [ANA.id], steps: [see('.on-page')] },
  'chat-on-page-two': {
    ...inChat,
    view: view({ presence: here }),
    onPage: [ANA.id, EMIL.id],
    steps: [see('.on-page')],
  },
  'chat-on-page-long': { ...inChat, view: view(), onPage: [WILHELMINA.id], steps: [see('.on-page')] },
  'chat-on-page-many': {
    ...inChat,
    view: view({ members: membersOf(20), presence: here, requests: REQUESTS }),
    onPage: membersOf(20).flatMap((member) => (member.id === ME.id ? [] : member.id)),
    answers: {
      pageBeside: () => ({
        url: PASSAGE.url,
        chats: [{ chatId: BOOK_CLUB.id, count: 12, messageId: id(1), seq: 1 }],
      }),
    },
    steps: [see('.on-page'), see('.page-badge')],
  },
  'about-solo': {
    ...inChat,
    chatId: SOLO.id,
    view: view({ chat: SOLO, members: membersOf(2).slice(1), messages: [] }),
    steps: openAbout,
  },
  'about-solo-delete': {
    ...inChat,
    chatId: SOLO.id,
    view: view({ chat: SOLO, members: membersOf(2).slice(1), messages: [] }),
    steps: [...openAbout, click('.chat-ends button:nth-child(2)')],
  },
  'about-delete': {
    ...inChat,
    view: view({ chat: { ...BOOK_CLUB, creatorId: ME.id } }),
    steps: [
      ...openAbout,
      click('.chat-ends button:nth-child(4)'),
      fill('.confirm input', 'Book clu'),
      see('.confirm [aria-disabled=true]'),
    ],
  },
  'about-clear': { ...inChat, view: view(), steps: [...openAbout, click('.chat-ends button:nth-child(3)')] },
  'about-delete-hidden': {
    ...inChat,
    view: view({ chat: { ...BOOK_CLUB, title: HIDING, creatorId: ME.id } }),
    steps: [...openAbout, click('.chat-ends button:nth-child(4)'), fill('.confirm input', 'Book clu')],
  },
  'about-delete-named': {
    ...inChat,
    view: view({ chat: { ...BOOK_CLUB, creatorId: ME.id } }),
    steps: [...openAbout, click('.chat-ends button:nth-child(4)'), fill('.confirm input', 'Book club')],
  },

  'copy-solo': {
    ...inChat,
    chatId: SOLO.id,
    view: view({ chat: { ...SOLO, title: 'Tax form, page 3' }, members: membersOf(2).slice(1) }),
    steps: [click('[aria-label="Bring people in"]')],
  },
  'members-waiting': { ...inChat, view: view({ requests: REQUESTS }), steps: openMembers },
  'members-mine': {
    ...inChat,
    view: view({
      members: asCreator(20),
    }),
    steps: openMembers,
  },
  'members-hand-over': {
    ...inChat,
    view: view({
      members: asCreator(6),
    }),
    steps: [...openMembers, click('[aria-label="Hand the group over to Emil"]')],
  },
  'invite-options': { ...inChat, view: view(), steps: [...openInvite, click('.invite-options summary')] },
  'invite-page': {
    ...inChat,
    view: view(),
    answers: { readPassage: () => PASSAGE },
    steps: [...openInvite, click('.invite-page input'), see('.passage-line')],
  },
  'invited-page': {
    app: appState({ intent: { token: 'Qm9va0NsdWJUb2tlbjEyMw' } }),
    answers: { previewInvite: () => preview({ page: PASSAGE }) },
  },
  'invited-approval': {
    app: appState({ intent: { token: 'Qm9va0NsdWJUb2tlbjEyMw' } }),
    answers: { previewInvite: () => preview({ needsApproval: true }) },
  },
  'invited-waiting': {
    app: appState({ intent: { token: 'Qm9va0NsdWJUb2tlbjEyMw' }, waiting: [WAITING] }),
    answers: { previewInvite: () => preview({ needsApproval: true, waiting: true }) },
  },
  'list-marks': { app: appState({ chats: MARKED }), steps: [click('.chat-fold')] },
  'list-waiting': { app: appState({ waiting: [WAITING] }) },
  'chat-asked': { ...inChat, view: view({ requests: REQUESTS }) },
};
