import { setImmediate as immediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBase64 } from '../../../lib/model/base64.ts';
import type { FileFacts } from '../../../lib/model/files.ts';
import { newId } from '../../../lib/model/ids.ts';
import { fileOf, someBytes, stage } from '../../support/files.ts';
import { hears, join, makeGroup, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

/** More than one part of an upload. */
const LARGE = 7 * 1024 * 1024 + 123;

describe('[MSG9] files', () => {
  let ana: TestPerson;
  let ben: TestPerson;
  let cleo: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    [ana, ben, cleo] = (await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => join(stackUnderTest(), name)))) as [
      TestPerson,
      TestPerson,
      TestPerson,
    ];
    chatId = await makeGroup(ana, ben, cleo);
  });
  afterAll(() => Promise.all([ana, ben, cleo].map(({ browser }) => browser.stop())));

  function send({ panel }: TestPerson, files: readonly FileFacts[], body = ''): string {
    const id = newId();
    panel.send({ id, chatId, body, target: 'people', replyTo: null, files });
    return id;
  }

  async function fetchAll({ panel }: TestPerson, id: string, part: 'file' | 'thumbnail' = 'file'): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let offset = 0, size = 1; offset < size; ) {
      const piece = await panel.request('readAttachment', { chatId, id, part, offset });
      pieces.push(fromBase64(piece.data));
      offset += pieces.at(-1)?.length ?? 0;
      size = piece.size;
    }
    return Buffer.concat(pieces);
  }

  const isUploaded = ({ panel }: TestPerson, id: string) =>
    panel.untilView(({ files }) => files.some((file) => file.id === id && file.state.name === 'ready'));

  test('come with their message to everyone, byte by byte, the small picture too', async () => {
    const bytes = someBytes(LARGE);
    const thumbnail = someBytes(500);
    const file = await stage(ana, chatId, bytes, { name: 'été 海.png', width: 30, height: 20 }, thumbnail);
    await isUploaded(ana, file.id);
    const id = send(ana, [file]);
    expect(ana.panel.snapshot().view?.files).toEqual([]);
    const view = await hears(ben, id);
    expect(view.messages.at(-1)?.attachments).toEqual([file]);
    expect(await fetchAll(ben, file.id)).toEqual(Buffer.from(bytes));
    expect(await fetchAll(ben, file.id, 'thumbnail')).toEqual(Buffer.from(thumbnail));
    await hears(ana, id);
    expect(await fetchAll(ana, file.id)).toEqual(Buffer.from(bytes));
  });

  test('a message sent before its files are up waits for them, and keeps its place', async () => {
    const file = await stage(ana, chatId, someBytes(LARGE));
    const first = send(ana, [file], 'with a file');
    const second = send(ana, [], 'after it');
    await hears(ben, second);
    const ids = ben.panel.snapshot().view?.messages.map((message) => message.id) ?? [];
    expect(ids.indexOf(first)).toBe(ids.indexOf(second) - 1);
  });

  test('survive the end of the worker, staged or sent, and go on by themselves', async () => {
    const staged = await stage(ana, chatId, someBytes(LARGE));
    await ana.browser.kill();
    ana.browser.start();
    await isUploaded(ana, staged.id);
    const sent = await stage(ana, chatId, someBytes(LARGE));
    const id = send(ana, [staged, sent], 'both');
    await ana.panel.untilView(({ outbox }) => outbox.some((entry) => entry.id === id));
    await ana.browser.kill();
    ana.browser.start();
    const view = await hears(ben, id);
    expect(view.messages.find((message) => message.id === id)?.attachments.map((file) => file.id)).toEqual([
      staged.id,
      sent.id,
    ]);
  });

  test('[MSG2] whenever the worker ends after the message arrived, none stands in the composer again', async () => {
    for (let turns = 0; turns < 12; turns++) {
      const files = [await stage(ana, chatId, someBytes(10)), await stage(ana, chatId, someBytes(10))];
      await hears(ana, send(ana, files));
      for (let turn = 0; turn < turns; turn++) await immediate();
      await ana.browser.kill();
      ana.browser.start();
      const panel = ana.browser.openPanel();
      panel.watch(chatId);
      const view = await panel.untilView(({ outbox }) => outbox.length === 0);
      expect(view.files).toEqual([]);
      panel.close();
    }
  });

  test('[MSG2] a message that is asked for again after it arrived with its files is not refused', async () => {
    const file = await stage(ana, chatId, someBytes(10));
    const request = { id: newId(), chatId, body: '', target: 'people', replyTo: null, fileIds: [file.id] } as const;
    await ana.panel.request('send', request);
    await hears(ana, request.id);
    await ana.panel.request('send', request);
    await expect(ana.panel.request('send', { ...request, id: newId() })).rejects.toMatchObject({
      failure: { code: 'file_missing' },
    });
  });

  test('that are taken out of the message are not sent, and ten are the most', async () => {
    const files: FileFacts[] = [];
    for (let count = 0; count < 10; count++) files.push(await stage(ben, chatId, someBytes(10)));
    const eleventh = ben.panel.request('stageFile', { chatId, file: fileOf(someBytes(10)), thumbnail: null });
    await expect(eleventh).rejects.toMatchObject({ failure: { code: 'too_many_files' } });
    const [first, ...others] = files as [FileFacts, ...FileFacts[]];
    await ben.panel.request('discardFile', { id: first.id });
    await ben.panel.untilView(({ files: shown }) => !shown.some((file) => file.id === first.id));
    const view = await hears(ana, send(ben, others));
    expect(view.messages.at(-1)?.attachments).toHaveLength(9);
    const gone = ben.panel.request('send', {
      ...{ id: newId(), chatId, body: '', target: 'people', replyTo: null },
      fileIds: [first.id],
    });
    await expect(gone).rejects.toMatchObject({ failure: { code: 'file_missing' } });
  });

  test('larger than the limit, or empty, do not get that far', async () => {
    for (const size of [0, 25 * 1024 * 1024 + 1]) {
      const file = { ...fileOf(someBytes(1)), size };
      await expect(ana.panel.request('stageFile', { chatId, file, thumbnail: null })).rejects.toBeDefined();
    }
  });

  test('[MEM4] are no longer read by whoever was removed, and never by strangers', async () => {
    const file = await stage(ana, chatId, someBytes(100));
    await hears(cleo, send(ana, [file]));
    expect(await fetchAll(cleo, file.id)).toHaveLength(100);
    await ana.panel.request('removeMember', { chatId, userId: cleo.id });
    await expect(fetchAll(cleo, file.id)).rejects.toMatchObject({ failure: { code: 'not_found' } });
    const stranger = await join(stackUnderTest(), 'Olaf');
    await expect(fetchAll(stranger, file.id)).rejects.toMatchObject({ failure: { code: 'not_found' } });
    await stranger.browser.stop();
  });

  test('of a deleted message are gone for everyone', async () => {
    const file = await stage(ana, chatId, someBytes(100));
    const id = send(ana, [file]);
    await hears(ben, id);
    await ana.panel.request('deleteMessage', { chatId, messageId: id });
    await expect(fetchAll(ben, file.id)).rejects.toMatchObject({ failure: { code: 'not_found' } });
  });
});
