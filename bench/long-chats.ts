import { openBrowser } from '../tests/support/browser.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { createGroups, fillChats } from './support/chats.ts';
import { connectTo } from './support/own-database.ts';
import { type ApiPerson, createPerson } from './support/people.ts';
import { now, row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';
import { type SignedIn, signIn } from './support/signed-in.ts';

const LENGTHS = [50, 10_000, 100_000];
const ROUNDS = 40;
const PAGES_UP = 12;

interface LongChat {
  readonly id: string;
  readonly length: number;
  readonly lastText: string;
}

/** Opening a chat, short to long: for the first time in a browser, and again from what it keeps, painted. */
export const longChats: Bench = async (context) => {
  const ana = await createPerson(context, 'Ana');
  const chats = await writeChats(context, ana);
  const first = await measureFirst(context, ana, chats);
  const { again, rows } = await measureAgain(context, ana, chats);
  await ana.client.realtime.disconnect();

  const grown = (found: readonly Summary[]) => ((found.at(-1)?.p50 ?? 0) / (found[0]?.p50 ?? 0)).toFixed(2);
  const name = ({ length }: LongChat) => `${length.toLocaleString('en')} messages`;
  return {
    title: 'Opening long chats',
    lines: [
      SUMMARY_HEAD,
      ...chats.map((chat, index) =>
        row(`${name(chat)}, first time → in the panel's view, without paint`, at(first, index)),
      ),
      ...chats.map((chat, index) => row(`${name(chat)}, click → painted, in Chromium`, at(again, index))),
      '',
      `The first time the latest page comes from the server to a hub that has nothing; then Chromium shows what it keeps. The floor of a long chat is the short one. Aim: the longest ≤ 1.2 × the shortest. Seen: ${grown(first)} × for the first time, ${grown(again)} × painted.`,
      '',
      `Aim: ≤ 100 rows of messages in the document. Seen: ${chats.map((chat, index) => `${at(rows, index)[0]} (${name(chat)})`).join(', ')} when opened, at most ${Math.max(...rows.map(([, most]) => most))} while scrolling ${PAGES_UP} pages up.`,
    ],
  };
};

async function writeChats({ adminUrl, progress }: BenchContext, { id: anaId }: ApiPerson): Promise<LongChat[]> {
  const sql = connectTo(adminUrl);
  const chats: LongChat[] = [];
  for (const length of LENGTHS) {
    const [id = ''] = await createGroups(sql, [anaId], 1);
    await fillChats(sql, { chats: [id], authors: [anaId], perChat: length }, (done) =>
      progress(`long chats: ${done} rows`),
    );
    const [last] = await sql<{ body: string }[]>`
      select body from public.messages where chat_id = ${id} order by seq desc limit 1`;
    chats.push({ id, length, lastText: last?.body ?? '' });
  }
  await sql`analyze`;
  await sql.end({ timeout: 1 });
  return chats;
}

/** In a hub and a panel of this process that saw none of the chats before; a new one each round. */
async function measureFirst(context: BenchContext, ana: ApiPerson, chats: readonly LongChat[]): Promise<Summary[]> {
  const samples: number[][] = chats.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    context.progress(`long chats, first time ${round}/${ROUNDS}`);
    const browser = openBrowser(context);
    const panel = browser.openPanel();
    await panel.until(({ app }) => app?.session.name === 'signed-out');
    await panel.request('signIn', { email: ana.email, password: ana.password });
    await panel.until(({ app }) => app?.connection === 'online' && app.chats.length === chats.length);
    for (const index of turned(chats, round)) {
      const { id, lastText } = at(chats, index);
      const start = now();
      panel.watch(id);
      await panel.untilView(({ chat, messages }) => chat.id === id && messages.at(-1)?.body === lastText);
      if (round > 0) at(samples, index).push(now() - start);
    }
    await browser.stop();
  }
  return samples.map(summarise);
}

async function measureAgain(context: BenchContext, ana: ApiPerson, chats: readonly LongChat[]) {
  const browser = await signIn(context, ana);
  const samples: number[][] = chats.map(() => []);
  const rows: [number, number][] = chats.map(() => [0, 0]);
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      context.progress(`long chats, painted ${round}/${ROUNDS}`);
      for (const index of turned(chats, round)) {
        const chat = at(chats, index);
        const painted = await openAndPaint(browser, chat);
        if (round > 0) at(samples, index).push(painted);
        if (round === ROUNDS) rows[index] = [await countRows(browser), await scrollUp(browser)];
        await browser.panel.click('All chats');
        await browser.panel.frame.waitForSelector('[data-chat]', { visible: true });
      }
    }
    return { again: samples.map(summarise), rows };
  } finally {
    await browser.person.close();
  }
}

/** Clicks the chat in the list inside the page, and waits until its last message stood on the screen. */
function openAndPaint({ panel }: SignedIn, { id, lastText }: LongChat): Promise<number> {
  return panel.frame.evaluate(
    (chatId, wanted) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const observer = new MutationObserver(() => {
          const bodies = document.querySelectorAll('[data-message] .message-body');
          if (bodies[bodies.length - 1]?.textContent !== wanted) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - start);
            port2.postMessage(null);
          });
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        document.querySelector<HTMLElement>(`[data-chat="${chatId}"]`)?.click();
      }),
    id,
    lastText,
  );
}

/** Reads page after page upwards; the most rows that stood in the document. */
async function scrollUp({ panel }: SignedIn): Promise<number> {
  let most = 0;
  const firstRow = () => panel.frame.$eval('[data-message]', (element) => element.getAttribute('data-message'));
  for (let page = 0; page < PAGES_UP; page++) {
    most = Math.max(most, await countRows({ panel }));
    const before = await firstRow();
    if ((await panel.frame.$('.chat-start')) !== null) break;
    await panel.frame.$eval('.message-scroller', (scroller) => {
      scroller.scrollTop = 0;
    });
    await panel.frame.waitForFunction(
      (shown) => document.querySelector('[data-message]')?.getAttribute('data-message') !== shown,
      { polling: 'mutation' },
      before,
    );
  }
  return most;
}

function countRows({ panel }: Pick<SignedIn, 'panel'>): Promise<number> {
  return panel.frame.$$eval('[data-message]', (rows) => rows.length);
}

/** The places of a list, beginning with another one each round: none is always the first. */
function turned(list: readonly unknown[], round: number): number[] {
  return list.map((_, index) => (index + round) % list.length);
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
}
