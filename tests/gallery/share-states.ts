import { failure } from '../../lib/model/failure.ts';
import { landscape } from './file-states.ts';
import { appState, BOOK_CLUB, id, message, outgoing, TALK, view } from './fixtures.ts';
import { ANA, BEN, ME } from './people.ts';
import { SHARED_PAGE, SHARED_PASSAGE, sharedPicture } from './shared-pages.ts';
import type { GalleryState } from './states.ts';
import { click, type Steps, see } from './steps.ts';

const inChat = { app: appState(), chatId: BOOK_CLUB.id } as const;

const shot = {
  ...{ id: id(7310), name: 'screenshot.png', contentType: 'image/png', size: 120_000 },
  ...{ width: 320, height: 200, hasThumbnail: true },
};
const shared = [
  message(ANA, 'This is what I meant yesterday:', '23T14:31', { shares: [SHARED_PASSAGE] }),
  message(BEN, '', '23T14:32', { shares: [SHARED_PAGE] }),
  message(ME, 'and how it looks', '23T14:33', { shares: [sharedPicture(shot.id)], attachments: [shot] }),
];

const question = message(ME, '@ai how deep is the bar?', '23T14:32');
const checked = message(
  'ai',
  'It is “barely three metres deep” [1], and “no ship has ever run aground there” [1, not found on the page].',
  '23T14:33',
  {
    replyTo: question.id,
    sources: [
      {
        ...{ title: SHARED_PASSAGE.title, url: SHARED_PASSAGE.url, shareId: SHARED_PASSAGE.id },
        quotes: [
          { text: 'barely three metres deep', found: true },
          { text: 'no ship has ever run aground there', found: false },
        ],
      },
    ],
  },
);

const plus: Steps = [click('[aria-label="Add to the message"]')];
const choose = (label: string): Steps => [
  ...plus,
  async () => {
    [...document.querySelectorAll<HTMLElement>('[role=menuitem]')]
      .find(({ textContent }) => textContent?.startsWith(label))
      ?.click();
  },
];

/** A screen with something on it, as the browser would photograph it. */
async function screen(): Promise<string> {
  const { data } = await landscape();
  return `data:image/png;base64,${data}`;
}

/** Pages on their way into a chat, and there. */
export const SHARE_STATES: Readonly<Record<string, GalleryState>> = {
  'list-on-this-page': {
    app: appState(),
    answers: {
      pageBeside: () => ({
        url: SHARED_PAGE.url,
        chats: [{ chatId: BOOK_CLUB.id, count: 3, messageId: id(1), seq: 1 }],
      }),
    },
    steps: [see('.page-row')],
  },
  'chat-on-this-page': {
    ...inChat,
    view: view(),
    answers: {
      pageBeside: () => ({
        url: SHARED_PAGE.url,
        chats: [{ chatId: BOOK_CLUB.id, count: 12, messageId: id(1), seq: 1 }],
      }),
    },
    steps: [see('.page-badge')],
  },
  'chat-quotes-checked': {
    ...inChat,
    view: view({ messages: [...TALK, ...shared.slice(0, 1), question, checked] }),
    steps: [see('.source-quote')],
  },
  'share-menu': { ...inChat, view: view(), steps: [...plus, see('[role=menu]')] },
  'share-page': { ...inChat, view: view(), steps: [...choose('This page'), see('.masked-text')] },
  'share-page-shown': {
    ...inChat,
    view: view(),
    steps: [...choose('This page'), see('.masked-text'), click('.masked-secret'), see('[aria-pressed=true]')],
  },
  'share-passage': { ...inChat, view: view(), steps: [...choose('Selection'), see('.masked-text')] },
  'share-nothing-selected': {
    ...inChat,
    view: view(),
    answers: { readPage: () => failure('page_nothing_selected') },
    steps: [...choose('Selection'), see('.failure-note')],
  },
  'share-not-allowed': {
    ...inChat,
    view: view(),
    answers: { readPage: () => failure('page_not_allowed') },
    steps: [...choose('This page'), see('.failure-note')],
  },
  'share-screenshot': {
    ...inChat,
    view: view(),
    answers: { capturePage: async () => ({ facts: SHARED_PAGE, picture: await screen() }) },
    steps: [...choose('Screenshot'), see('.crop-frame img')],
  },
  'share-staged': {
    ...inChat,
    view: view({
      shares: [SHARED_PASSAGE, SHARED_PAGE, sharedPicture(shot.id)],
      files: [{ ...shot, state: { name: 'ready' } }],
      draft: 'Look at this:',
    }),
    answers: { readAttachment: landscape },
  },
  'chat-shares': { ...inChat, view: view({ messages: [...TALK, ...shared] }), answers: { readAttachment: landscape } },
  'chat-share-pending': {
    ...inChat,
    view: view({ outbox: [{ ...outgoing('On its way', { name: 'pending', attempts: 0 }), shares: [SHARED_PASSAGE] }] }),
  },
  'chat-share-read': {
    ...inChat,
    view: view({ messages: [...TALK, ...shared] }),
    answers: { readAttachment: landscape },
    steps: [click('button.share-head'), see('.share-text')],
  },
  'chat-share-gone': {
    ...inChat,
    view: view({ messages: [...TALK, ...shared.slice(0, 1)] }),
    answers: { showShare: () => 'gone' },
    steps: [click('.share-action'), see('.share-note')],
  },
};
