import { expect, test } from 'vitest';
import { EARLIER, quotedLine } from '../../../components/chat/quote-words.ts';
import { chatMessage } from './scripted-hub.ts';

test('[MSG4] a quote is the message in one line, without its marks', () => {
  expect(quotedLine(chatMessage(1, { body: '**Lagan** is\n\ncargo' }))).toBe('Lagan is cargo');
});

test('[MSG4] a quote of a deleted message says nothing of it', () => {
  const deleted = chatMessage(1, { body: 'regretted', deletedAt: '2026-11-23T10:00:00.000Z' });
  expect(quotedLine(deleted)).toBe(EARLIER);
});
