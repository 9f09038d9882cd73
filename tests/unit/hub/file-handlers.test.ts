import { expect, test } from 'vitest';
import type { Backend } from '../../../lib/data/backend.ts';
import { createFileHandlers } from '../../../lib/hub/file-handlers.ts';
import type { SessionKeeper } from '../../../lib/hub/session.ts';
import { fromBase64 } from '../../../lib/model/base64.ts';

const GONE = () =>
  Response.json({ statusCode: '404', error: 'not_found', message: 'Object not found' }, { status: 400 });
const BYTES = () => new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-range': 'bytes 0-2/3' } });
const PLACE = { chatId: 'chat', id: 'file', part: 'file', offset: 0 } as const;

/** Handlers over a Storage that gives these answers, one after another, and no file on its way. */
function handlersOver(answers: (() => Response)[]) {
  const asked = { times: 0 };
  const backend = {
    transfer: async () => answers[Math.min(asked.times++, answers.length - 1)]?.(),
  } as unknown as Backend;
  const session = { workspace: async () => ({ files: { read: async () => null } }) } as unknown as SessionKeeper;
  return { asked, read: () => createFileHandlers({ backend, session }).readAttachment(PLACE, {} as never) };
}

test('[MSG9] a file whose message was heard before others see the transaction is asked for once more', async () => {
  const { read } = handlersOver([GONE, BYTES]);
  expect([...fromBase64((await read()).data)]).toEqual([1, 2, 3]);
});

test('[MSG9] what is not there a moment later either is gone', async () => {
  const { read, asked } = handlersOver([GONE]);
  await expect(read()).rejects.toMatchObject({ failure: { code: 'not_found' } });
  expect(asked.times).toBe(2);
});
