import { expect, test } from 'vitest';
import { createReact } from '../../../lib/hub/panel-reactions.ts';
import type { Message } from '../../../lib/model/chat.ts';
import { applyEvent, type ChatView } from '../../../lib/model/chat-view.ts';
import { FailureError, failure } from '../../../lib/model/failure.ts';
import { chatMessage, chatView } from './scripted-hub.ts';

const MESSAGE = chatMessage(1);

/** A panel that shows one message, and requests that wait for the test. */
function showMessage() {
  let view: ChatView = chatView({ messages: [MESSAGE] });
  const requests: PromiseWithResolvers<null>[] = [];
  const tell = (message: Message) => {
    view = applyEvent(view, { name: 'message', message });
  };
  const react = createReact({
    line: {
      request: () => {
        const request = Promise.withResolvers<null>();
        requests.push(request);
        return request.promise as never;
      },
    },
    view: () => view,
    fold: (_, event) => {
      view = applyEvent(view, event);
    },
  });
  const give = (emoji: string, on = true) => react(MESSAGE, { emoji, userId: 'me', on }).catch(() => {});
  return {
    tell,
    give,
    /** No answer comes to the request with this number. */
    lose: (index: number) => requests[index]?.reject(new FailureError(failure('unreachable'))),
    shown: () => view.messages[0]?.reactions.map(({ emoji, userIds }) => `${emoji} ${userIds.join()}`),
  };
}

const given = (...emojis: string[]): Message => ({
  ...MESSAGE,
  reactions: emojis.map((emoji) => ({ emoji, userIds: ['me'] })),
});

test('[MSG4] a reaction whose answer is lost goes again', async () => {
  const { give, lose, shown } = showMessage();
  const reacting = give('👍');
  expect(shown()).toEqual(['👍 me']);
  lose(0);
  await reacting;
  expect(shown()).toEqual([]);
});

test('[MSG4] a reaction that was told as given stays, though its answer is lost', async () => {
  const { give, lose, shown, tell } = showMessage();
  const reacting = give('👍');
  tell(given('👍'));
  lose(0);
  await reacting;
  expect(shown()).toEqual(['👍 me']);
});

test('[MSG4] one that was told as taken back stays so, though its answer is lost', async () => {
  const { give, lose, shown, tell } = showMessage();
  tell(given('👍'));
  const reacting = give('👍', false);
  tell(given());
  lose(0);
  await reacting;
  expect(shown()).toEqual([]);
});

test('[MSG4] of several on one message only the lost one goes, in any order', async () => {
  const { give, lose, shown } = showMessage();
  const first = give('👍');
  const second = give('🎉');
  lose(0);
  await first;
  expect(shown()).toEqual(['🎉 me']);
  lose(1);
  await second;
  expect(shown()).toEqual([]);
});
