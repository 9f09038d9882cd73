import type { Attachment } from '../../lib/model/chat.ts';
import { failure } from '../../lib/model/failure.ts';
import type { StagedFile } from '../../lib/model/files.ts';
import { appState, BOOK_CLUB, id, message, outgoing, TALK, view } from './fixtures.ts';
import { ANA, ME } from './people.ts';
import type { GalleryState } from './states.ts';
import { click, see } from './steps.ts';

const MEGABYTE = 1024 * 1024;

function file(number: number, name: string, more: Partial<Attachment> = {}): Attachment {
  return {
    id: id(7000 + number),
    name,
    contentType: 'application/pdf',
    size: 2.3 * MEGABYTE,
    width: null,
    height: null,
    hasThumbnail: false,
    ...more,
  };
}

const photo = (number: number, name: string, width: number, height: number) =>
  file(number, name, { contentType: 'image/jpeg', width, height, hasThumbnail: true });
const harbour = photo(1, 'harbour at dawn.jpg', 1600, 1000);
const tower = photo(2, 'tower.jpg', 700, 1400);
const notes = file(3, 'Notes on chapter four, with all the footnotes that I could not leave out.pdf');
const recording = file(4, 'reading.mp3', { contentType: 'audio/mpeg', size: 4 * MEGABYTE });

const staged: readonly StagedFile[] = [
  { ...harbour, state: { name: 'ready' } },
  { ...notes, state: { name: 'uploading', sent: 1.1 * MEGABYTE } },
  { ...recording, state: { name: 'failed', failure: failure('file_missing') } },
];

/** A landscape as a small picture, so that something is to be seen. */
export async function landscape(): Promise<{ data: string; size: number }> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 });
  const context = canvas.getContext('2d');
  const sky = context?.createLinearGradient(0, 0, 0, 200);
  if (!context || !sky) throw new Error('no canvas');
  for (const [at, colour] of [
    [0, '#274b6d'],
    [0.55, '#e9a77b'],
    [0.56, '#31506a'],
    [1, '#16283a'],
  ] as const)
    sky.addColorStop(at, colour);
  context.fillStyle = sky;
  context.fillRect(0, 0, 320, 200);
  const data = canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  return { data, size: atob(data).length };
}

const inChat = { app: appState(), chatId: BOOK_CLUB.id, answers: { readAttachment: landscape } } as const;
const shared = [
  message(ANA, 'From this morning', '23T14:29', { attachments: [harbour, tower] }),
  message(ME, '', '23T14:30', { attachments: [notes, recording] }),
];

/** Files, being added and in messages. */
export const FILE_STATES: Readonly<Record<string, GalleryState>> = {
  'composer-files': { ...inChat, view: view({ files: staged }), steps: [see('.staged-picture')] },
  'chat-files': { ...inChat, view: view({ messages: [...TALK, ...shared] }), steps: [see('.attachment-picture img')] },
  'chat-files-pending': {
    ...inChat,
    view: view({ outbox: [{ ...outgoing('on its way', { name: 'pending', attempts: 1 }), files: [harbour, notes] }] }),
    steps: [see('.attachment-picture img')],
  },
  'chat-files-loading': {
    ...inChat,
    answers: { readAttachment: () => new Promise(() => {}) },
    view: view({ messages: [...TALK, ...shared] }),
  },
  'file-picture': {
    ...inChat,
    view: view({ messages: [...TALK, ...shared] }),
    steps: [click('.attachment-picture'), see('.attachment-whole')],
  },
  'file-plain': {
    ...inChat,
    answers: { readAttachment: () => ({ data: btoa('<svg onload="alert(1)"/>'), size: 24 }) },
    view: view({ messages: [...TALK, ...shared] }),
    steps: [click('.attachment-file'), see('.attachment-plain')],
  },
  'file-loading': {
    ...inChat,
    answers: { readAttachment: () => new Promise(() => {}) },
    view: view({ messages: [...TALK, ...shared] }),
    steps: [click('.attachment-file'), see('.attachment-loading')],
  },
  'file-gone': {
    ...inChat,
    answers: { readAttachment: () => failure('not_found') },
    view: view({ messages: [...TALK, ...shared] }),
    steps: [click('.attachment-file'), see('.failure-note')],
  },
};
