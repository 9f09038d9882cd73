import { beforeEach, expect, test } from 'vitest';
import { CODE } from '../hostile/abuse.ts';
import { message, reply } from './fixtures.ts';
import { useLivePanel } from './live-panel.ts';
import { HALF_OPEN } from './markdown-texts.ts';
import { BEN } from './people.ts';

/** Texts whose drawing fails take nothing along. */
const panel = useLivePanel();

/** A formula that this browser cannot read: what draws it throws. */
const UNDRAWABLE = '$$\nundrawable\n$$';

beforeEach(async () => {
  await panel.page.evaluateOnNewDocument(() => {
    const { parseFromString } = DOMParser.prototype;
    DOMParser.prototype.parseFromString = function (html, type) {
      if (String(html).includes('undrawable')) throw new Error('This formula cannot be drawn.');
      return parseFromString.call(this, html, type);
    };
  });
});

const textOf = (id: string) =>
  panel.page.$eval(`[data-message="${id}"] .message-text`, (text) => ({
    isRich: text.classList.contains('rich-text'),
    says: text.textContent,
  }));
const messagesShown = () => panel.page.$$eval('[data-message]', (all) => all.length);

test('[MSG6] a text that cannot be drawn is shown as it was written, among all the others', async () => {
  await panel.open('chat');
  const before = await messagesShown();
  const broken = message(BEN, `**bold** and\n\n${UNDRAWABLE}`, '23T14:32');
  const whole = message(BEN, '**bold** and $x$', '23T14:33');
  await panel.happen({ name: 'message', message: broken }, { name: 'message', message: whole });
  await panel.page.waitForSelector(`[data-message="${whole.id}"] math`);
  expect(await textOf(broken.id)).toEqual({ isRich: false, says: broken.body });
  expect(await messagesShown()).toBe(before + 2);

  const mended = { ...broken, body: '**bold** and $y$' };
  await panel.happen({ name: 'message', message: mended });
  await panel.page.waitForSelector(`[data-message="${broken.id}"] math`);
});

test('[MSG6] a reply that cannot be drawn goes on as it is written', async () => {
  await panel.open('markdown-writing');
  const before = await messagesShown();
  const growing = () =>
    panel.page.$eval(`[data-message="${reply({}).messageId}"] .message-text`, (text) => text.textContent);
  const first = `\n\`\`\`\n\n${UNDRAWABLE}\n\nand`;
  await panel.happen({ name: 'delta', delta: { ...reply({}), offset: HALF_OPEN.length, text: first } });
  await panel.page.waitForFunction(() => document.body.textContent.includes('$$\nundrawable'));
  expect(await growing()).toBe(HALF_OPEN + first);
  const offset = HALF_OPEN.length + first.length;
  await panel.happen({ name: 'delta', delta: { ...reply({}), offset, text: ' *more*' } });
  expect(await growing()).toBe(`${HALF_OPEN}${first} *more*`);
  expect(await messagesShown()).toBe(before);
});

test('[MSG6] code that nests a thousand deep is coloured like any other', async () => {
  await panel.open('chat');
  const before = await messagesShown();
  const plain = message(BEN, '```js\nconst a = 1;\n```', '23T14:32');
  await panel.happen({ name: 'message', message: plain });
  await panel.page.waitForSelector(`[data-message="${plain.id}"] .hljs-keyword`);
  const deep = CODE.filter((code) => code.includes('${`${`')).map((code) => message(BEN, code, '23T14:33'));
  expect(deep).not.toEqual([]);
  await panel.happen(...deep.map((each) => ({ name: 'message', message: each }) as const));
  for (const { id } of deep) await panel.page.waitForSelector(`[data-message="${id}"] .hljs-string`);
  expect(await messagesShown()).toBe(before + 1 + deep.length);
});
