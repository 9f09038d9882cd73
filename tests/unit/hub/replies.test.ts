import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReplyNews } from '../../../lib/data/wire/replies.ts';
import { createLiveReplies, type LiveReplies } from '../../../lib/hub/replies.ts';
import type { Delta, Reply } from '../../../lib/model/chat.ts';
import { applyEvent, type ChatView } from '../../../lib/model/chat-view.ts';
import { aMessage, aReply, aView } from './fixtures.ts';

describe('running replies', () => {
  let view: ChatView | null;
  let end: AbortController;
  let live: LiveReplies;
  /** The server's side: what is stored, and what was asked. */
  let stored: Reply[];
  let asked: string[];
  let release: () => void;
  let held: Promise<void>;
  let onCatchUp: () => void;

  beforeEach(() => {
    [view, stored, asked, held, onCatchUp] = [aView(), [], [], Promise.resolve(), () => {}];
    end = new AbortController();
    live = createLiveReplies({
      userId: 'ana',
      signal: end.signal,
      views: {
        emit(_, event) {
          view &&= applyEvent(view, event);
        },
        get: () => view,
        isWatched: () => view !== null,
      },
      async readReply(jobId) {
        asked.push(`reply ${jobId}`);
        await held;
        const reply = stored.find((other) => other.jobId === jobId);
        return reply === undefined ? null : { ended: false, reply };
      },
      async readReplies() {
        asked.push('replies');
        return stored;
      },
      async pokeReply(chatId) {
        asked.push(`poke ${chatId}`);
      },
      async catchUp() {
        asked.push('catch up');
        await held;
        onCatchUp();
      },
      onFault(reason) {
        throw reason;
      },
    });
  });
  afterEach(() => end.abort());

  const hold = () => {
    held = new Promise((resolve) => {
      release = resolve;
    });
  };
  const delta = (offset: number, text: string): Delta => ({
    ...{ jobId: 'job', chatId: 'chat', messageId: 'answer', attempt: 1, offset, text },
  });
  const running = (text: string): ReplyNews => ({ ended: false, reply: aReply({ text }) });
  const ended: ReplyNews = { ended: true, jobId: 'job', chatId: 'chat', messageId: 'answer' };
  const texts = () => view?.replies.map(({ text }) => text);

  test('[AI7] what is missing is read once, and what came meanwhile follows it', async () => {
    live.hear(running(''));
    live.hearDelta(delta(0, 'One '));
    hold();
    stored = [aReply({ text: 'One two ' })];
    live.hearDelta(delta(8, 'three '));
    live.hearDelta(delta(14, 'four'));
    expect(texts()).toEqual(['One ']);
    release();
    await expect.poll(texts).toEqual(['One two three four']);
    expect(asked).toEqual(['reply job']);
  });

  test('[AI7] a reply whose beginning was missed is read with all its text', async () => {
    stored = [aReply({ text: 'So far, so good' })];
    live.hearDelta(delta(10, 'good'));
    await expect.poll(texts).toEqual(['So far, so good']);
  });

  test('[AI6] the words stay until their message is there', async () => {
    live.hear(running('Hello'));
    hold();
    live.hear(ended);
    expect(texts()).toEqual(['Hello']);
    onCatchUp = () => {
      view &&= applyEvent(view, { name: 'message', message: aMessage({ seq: 3, id: 'answer', kind: 'assistant' }) });
    };
    release();
    await expect.poll(texts).toEqual([]);
    expect(view?.messages.map(({ id }) => id)).toEqual(['answer']);
    live.hear(ended);
    expect(asked).toEqual(['catch up']);
  });

  test('[AI7] after a break, a reply that is no longer running has ended, and a new one is shown', async () => {
    live.hear(running('Hello'));
    stored = [aReply({ jobId: 'next', messageId: 'other', text: 'And' })];
    await live.reload('chat');
    await expect.poll(texts).toEqual(['And']);
    expect(asked).toEqual(['replies', 'catch up']);
  });

  test('[AI1] whoever asked gets the answer going, once per question, and for others not at all', async () => {
    live.poke('chat', 'question');
    live.poke('chat', 'question');
    live.poke('chat', 'another');
    expect(asked).toEqual(['poke chat', 'poke chat']);
    live.hear({ ended: false, reply: aReply({ state: 'queued', triggerMessageId: 'question' }) });
    live.hear({ ended: false, reply: aReply({ state: 'queued', triggerMessageId: 'lost', askerId: 'ben' }) });
    live.hear({ ended: false, reply: aReply({ state: 'queued', triggerMessageId: 'third' }) });
    await expect.poll(() => asked, { timeout: 3000 }).toHaveLength(3);
  });

  test('nothing is read for a chat that nobody looks at', async () => {
    view = null;
    live.hear(running('Hello'));
    live.hearDelta(delta(5, '!'));
    live.hear(ended);
    await live.reload('chat');
    expect(asked).toEqual([]);
  });
});
