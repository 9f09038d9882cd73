import { expect, test } from 'vitest';
import { message, reply } from './fixtures.ts';
import { HOSTILE } from './hostile.ts';
import { useLivePanel } from './live-panel.ts';
import { HALF_OPEN } from './markdown-texts.ts';

const panel = useLivePanel();

const ELEMENTS =
  'p h2 ul ol li blockquote hr table thead tbody tr th td section div figure figcaption pre code em strong del sup a bdi span input button svg path math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover munderover mtable mtr mtd menclose'.split(
    ' ',
  );
const ATTRIBUTES =
  'class dir href target rel referrerpolicy start type disabled checked aria-label aria-hidden role tabindex scope data-align data-level viewBox d display mathvariant stretchy fence separator width height lspace rspace voffset minsize maxsize linethickness displaystyle scriptlevel accent mathcolor mathbackground columnalign columnspacing rowspacing'.split(
    ' ',
  );
const CLASSES =
  'code-block code-language copy-code icon link-host mention table-box code-lines tasks task long-numbers footnote formula long formula-block formula-source'.split(
    ' ',
  );

test('[MSG6] nothing that a message says runs, loads, or becomes more than a message', async () => {
  const { page } = panel;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await panel.open('markdown-hostile');
  const found = await page.evaluate(
    (elements, attributes, classes) => {
      const texts = [...document.querySelectorAll('.message-text')];
      const all = texts.flatMap((text) => [...text.querySelectorAll('*')]);
      const box = document.querySelector('.message-scroller') as HTMLElement;
      return {
        texts: texts.length,
        elements: all.filter((each) => !elements.includes(each.localName)).map((each) => each.outerHTML),
        attributes: all.flatMap((each) =>
          each
            .getAttributeNames()
            .filter((name) => !attributes.includes(name))
            .map((name) => `${name} of ${each.outerHTML}`),
        ),
        links: all
          .filter((each) => each instanceof HTMLAnchorElement)
          .filter(
            (each) =>
              !/^(?:https?|mailto):/.test(each.href) ||
              each.target !== '_blank' ||
              each.rel !== 'noopener noreferrer nofollow' ||
              each.referrerPolicy !== 'no-referrer',
          )
          .map((each) => each.outerHTML),
        loose: all
          .filter((each) => ['fixed', 'sticky'].includes(getComputedStyle(each).position))
          .map((each) => each.outerHTML),
        unclipped: texts.filter((text) => getComputedStyle(text).overflow !== 'clip').length,
        classes: all
          .flatMap((each) => [...each.classList])
          .filter((name) => !classes.includes(name) && !/^hljs-[a-z_-]+$/.test(name)),
        isWider: box.scrollWidth > box.clientWidth,
        wasRun: 'wasRun' in globalThis,
        display: getComputedStyle(document.body).display,
      };
    },
    ELEMENTS,
    ATTRIBUTES,
    CLASSES,
  );
  expect(found).toEqual({
    texts: HOSTILE.length,
    elements: [],
    attributes: [],
    classes: [],
    links: [],
    loose: [],
    unclipped: 0,
    isWider: false,
    wasRun: false,
    display: 'block',
  });
  expect(requests.length).toBeGreaterThan(1);
  expect(
    requests.filter((url) => new URL(url).origin !== new URL(page.url()).origin && !url.startsWith('data:')),
  ).toEqual([]);
});

test('[MSG6] a link that names another host shows its own, one with a user name in front is no link', async () => {
  await panel.open('markdown-hostile');
  const hosts = await panel.page.$$eval('.link-host', (all) => all.map((each) => each.textContent));
  expect(hosts).toContain(' (evil.example)');
  const links = await panel.page.$$eval('.message-text a', (all) => all.map((each) => each.getAttribute('href')));
  expect(links.filter((href) => href?.includes('@'))).toEqual([]);
});

test('[MSG6] code is copied as it was written, and says so', async () => {
  await panel.open('markdown-code');
  const copied = await panel.page.evaluate(async () => {
    let written = '';
    async function writeText(text: string) {
      written = text;
    }
    Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
    document.querySelector<HTMLElement>('.copy-code')?.click();
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
    return { written, said: document.querySelector('.copy-code [role=status]')?.textContent };
  });
  expect(copied.said).toBe('Copied');
  expect(copied.written).toContain("const words = ['Hello', name];\n  return");
});

test('[MSG6] what is copied holds nothing that nobody saw', async () => {
  await panel.open('chat');
  const said = message('ai', '```sh\nls\u202e \u200b-l\u{e0041}\u001b[2J # harmless\r\n```', '23T14:32');
  await panel.happen({ name: 'message', message: said });
  const code = `[data-message="${said.id}"] .copy-code`;
  await panel.page.waitForSelector(code);
  const copied = await panel.page.evaluate(async (selector) => {
    const written: string[] = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text: string) => written.push(text) } });
    document.querySelector<HTMLElement>(selector)?.click();
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
    return written;
  }, code);
  expect(copied).toEqual(['ls -l[2J # harmless']);
});

test('[MSG6] finished blocks of a reply keep their elements while it grows, and all of them when it ends', async () => {
  await panel.open('markdown-writing');
  await panel.page.evaluate(() => {
    const first = document.querySelector('.rich-text > p');
    const list = document.querySelector('.rich-text > ol');
    Object.assign(globalThis, { kept: [first, list] });
  });
  const text = 'th);\n}\n```\n\nThat is *all*.';
  await panel.happen({ name: 'delta', delta: { ...reply({}), offset: HALF_OPEN.length, text } });
  const kept = await panel.page.evaluate(() =>
    (globalThis as unknown as { kept: Element[] }).kept.map((each) => each.isConnected),
  );
  expect(kept).toEqual([true, true]);
  expect(await panel.page.$eval('.rich-text > :last-child', (last) => last.innerHTML)).toBe('That is <em>all</em>.');

  await panel.page.evaluate(() =>
    Object.assign(globalThis, { kept: [...document.querySelectorAll('.rich-text > *')] }),
  );
  const whole = message('ai', HALF_OPEN + text, '23T14:32', { id: reply({}).messageId });
  await panel.happen({ name: 'message', message: whole }, { name: 'reply-ended', jobId: reply({}).jobId });
  await panel.page.waitForSelector('.rich-text:not(.streaming) .hljs-keyword');
  const stayed = await panel.page.evaluate(() =>
    (globalThis as unknown as { kept: Element[] }).kept.map((each) => each.isConnected),
  );
  expect(stayed).toEqual([true, true, true, true]);
});
