import { expect, test } from 'vitest';
import { createPages } from '../../../lib/hub/pages.ts';
import type { Message } from '../../../lib/model/chat.ts';
import type { ChatView } from '../../../lib/model/chat-view.ts';
import { aMessage, aView } from './fixtures.ts';

const said = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index }));

/** A chat of which the store has the messages up to `stored`; the view goes on meanwhile. */
function chatOf(stored: number, view: ChatView | null) {
  let shown = view;
  const older = Promise.withResolvers<void>();
  const pages = createPages({
    reader: {
      async readOlder(_, beforeSeq) {
        await older.promise;
        return { messages: said(1, Math.min(beforeSeq - 1, stored)), hasOlder: false };
      },
      readNewer: async (_, afterSeq) => ({ messages: said(afterSeq + 1, stored), hasNewer: false }),
    },
    views: {
      get: () => shown,
      listenWhile: async (_, reading) => ({ value: await reading(), heard: [] }),
    },
  });
  return {
    pages,
    hear(...messages: readonly Message[]) {
      if (shown !== null) shown = { ...shown, messages: [...shown.messages, ...messages] };
    },
    release: older.resolve,
  };
}

const seqs = ({ messages }: Pick<ChatView, 'messages'>) => messages.map(({ seq }) => seq);

test('[MSG3] what is heard while a piece is being read is in it', async () => {
  const chat = chatOf(4, aView({ messages: said(1, 4) }));
  const reading = chat.pages.around('chat', 2);
  await Promise.resolve();
  await Promise.resolve();
  chat.hear(aMessage({ seq: 5 }), aMessage({ seq: 6 }));
  chat.release();
  expect(seqs(await reading)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('[MSG3] a page without a message ends where the view ends', async () => {
  const chat = chatOf(4, aView({ messages: said(1, 6) }));
  expect(seqs(await chat.pages.newer('chat', 4))).toEqual([5, 6]);
});

test('[MSG3] a piece read before the view is loaded does not claim to be the end', async () => {
  const chat = chatOf(4, null);
  chat.release();
  expect(await chat.pages.around('chat', 2)).toMatchObject({ hasNewer: true });
  expect(await chat.pages.around('chat', null)).toMatchObject({ messages: said(1, 4), hasNewer: true });
});
