import type { Attachment, ReplyStatus } from '../../lib/model/chat.ts';
import { landscape } from './file-states.ts';
import { appState, BOOK_CLUB, id, message, reply, TALK, view } from './fixtures.ts';
import { ME } from './people.ts';
import type { GalleryState } from './states.ts';
import { see } from './steps.ts';

const inChat = { app: appState(), chatId: BOOK_CLUB.id, answers: { readAttachment: landscape } } as const;

const question = message(
  ME,
  '@ai search when the tide is low in Porto, and see https://asked.example/table',
  '23T14:30',
);
const sources = [
  { title: 'Tide tables', url: 'https://www.tides.example/porto' },
  {
    title: 'How the sea rises and falls at the mouth of the Douro, with all the footnotes that nobody could leave out',
    url: 'https://a-very-long-name-of-a-host-that-goes-on-and-on.example/douro',
  },
];
const cited = message(
  'ai',
  'Low tide is at nine ([tide tables](https://www.tides.example/porto)), as [your table](https://asked.example/table) says. ' +
    'More is [elsewhere](https://uncited.example/?q=words-of-the-chat).',
  '23T14:31',
  { replyTo: question.id, sources },
);
const picture: Attachment = {
  id: id(7100),
  name: 'picture.webp',
  contentType: 'image/webp',
  size: 180_000,
  width: 320,
  height: 200,
  hasThumbnail: true,
};
const request = message(ME, '@ai make a picture of the harbour at dawn', '23T14:32');
const drawn = message('ai', '', '23T14:33', { replyTo: request.id, attachments: [picture] });

const busy = (status: ReplyStatus, text = ''): GalleryState => ({
  ...inChat,
  view: view({ messages: [...TALK, question], replies: [reply({ status, text })] }),
});

/** What the AI found and made, and what it says while it does. */
export const TOOL_STATES: Readonly<Record<string, GalleryState>> = {
  'chat-sources': { ...inChat, view: view({ messages: [...TALK, question, cited] }), steps: [see('.sources a')] },
  'chat-drawn': {
    ...inChat,
    view: view({ messages: [...TALK, request, drawn] }),
    steps: [see('.assistant-message .attachment-picture img')],
  },
  'chat-reading': busy('reading'),
  'chat-reading-page': busy('reading_page'),
  'chat-reading-pages': busy('reading_pages'),
  'chat-searching': busy('searching'),
  'chat-drawing': busy('drawing', 'I will make one.'),
};
