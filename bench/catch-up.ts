import type { Sql } from 'postgres';
import { buildExtension } from '../scripts/build-extension.ts';
import { as, person } from '../tests/database/support/actors.ts';
import { type Network, startNetwork } from '../tests/support/network.ts';
import { makeGroup, join as signUp, type TestPerson } from '../tests/support/people.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { connectTo } from './support/own-database.ts';
import { watchPainting, whenPainted } from './support/painting.ts';
import { type ApiPerson, createGroup, createPerson, join } from './support/people.ts';
import { now, row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';
import { signIn } from './support/signed-in.ts';

const MISSED = 1_000;
const ROUNDS = 10;

/** A thousand messages while somebody was away: from being back to the last of them in view, beside asking for the last page at once. */
export const catchUp: Bench = async (context) => {
  const sql = connectTo(context.adminUrl);
  const network = await startNetwork(context.url);
  try {
    const { reconnected, restarted } = await measureHub(context, sql, network);
    const { painted, floor } = await measurePainted(context, sql, network);
    const share = (found: Summary) => (found.p50 / floor.p50).toFixed(1);
    return {
      title: 'Catching up',
      lines: [
        SUMMARY_HEAD,
        row('floor, list of chats and last page asked for directly', floor),
        row("network back → last message in the panel's view, without paint", reconnected),
        row("background started again → last message in the panel's view, without paint", restarted),
        row('network back → last message painted, in Chromium', painted),
        '',
        `${MISSED} messages, each with its seq, change and broadcast, were written meanwhile; the panel was open at the end of the chat. Back is when the browser says so (the event \`online\`). Aim: ≤ 1 s painted. Seen: ${painted.p50.toFixed(0)} ms at p50, ${painted.p99.toFixed(0)} ms at most, ${share(painted)} × the floor; without paint ${share(reconnected)} ×, after a start ${share(restarted)} ×, which holds the pause until the panel tries to reach its background again.`,
      ],
    };
  } finally {
    await network.stop();
    await sql.end({ timeout: 1 });
  }
};

/** A hub and a panel in this process. */
async function measureHub(context: BenchContext, sql: Sql, network: Network) {
  const ana = await signUp({ ...context, url: network.url }, 'Ana');
  const ben = await signUp(context, 'Ben');
  const chatId = await makeGroup(ana, ben);
  // A second hub in this process would be busy hearing what the first one misses.
  await ben.browser.stop();
  const [reconnected, restarted]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    context.progress(`catching up ${round}/${ROUNDS}`);
    await ana.panel.until(({ app }) => app?.connection === 'online');
    network.cut();
    await ana.panel.until(({ app }) => app?.connection === 'offline');
    const first = await writeMissed(sql, ben.id, chatId);
    network.restore();
    const afterBreak = await timeUntilSeen(ana, first.text, () => ana.browser.hub.wake());

    await ana.panel.until(({ app }) => app?.connection === 'online');
    await ana.browser.kill();
    const second = await writeMissed(sql, ben.id, chatId);
    const afterStart = await timeUntilSeen(ana, second.text, () => ana.browser.start());
    if (round === 0) continue;
    reconnected.push(afterBreak);
    restarted.push(afterStart);
  }
  await ana.browser.stop();
  return { reconnected: summarise(reconnected), restarted: summarise(restarted) };
}

async function timeUntilSeen({ panel }: TestPerson, text: string, comeBack: () => void): Promise<number> {
  const start = now();
  comeBack();
  await panel.untilView(({ messages }) => messages.at(-1)?.body === text);
  return now() - start;
}

/** A real browser, and the floor through the same network. */
async function measurePainted(context: BenchContext, sql: Sql, network: Network) {
  const extensionDir = await buildExtension({
    supabaseUrl: network.url,
    publishableKey: context.publishableKey,
    outDir: '.output-catch-up',
  });
  const cy = await createPerson({ ...context, url: network.url }, 'Cy');
  const dora = await createPerson(context, 'Dora');
  const { chatId, token } = await createGroup(cy, 'Catching up');
  await join(dora, token);
  const browser = await signIn({ ...context, extensionDir }, cy);
  const [painted, floor]: [number[], number[]] = [[], []];
  try {
    await browser.panel.frame.locator('::-p-text(Catching up)').click();
    await browser.panel.composer();
    await watchPainting(browser);
    for (let round = 0; round <= ROUNDS; round++) {
      context.progress(`catching up, painted ${round}/${ROUNDS}`);
      network.cut();
      await browser.panel.see('Offline');
      const { text } = await writeMissed(sql, dora.id, chatId);
      network.restore();
      const asked = await timeFloor(cy, chatId);
      const worker = await browser.person.worker();
      const start = now();
      await worker.evaluate(() => self.dispatchEvent(new Event('online')));
      const seen = (await whenPainted(browser, text)) - start;
      if (round === 0) continue;
      painted.push(seen);
      floor.push(asked);
    }
    return { painted: summarise(painted), floor: summarise(floor) };
  } finally {
    await browser.person.close();
    await Promise.all([cy, dora].map(({ client }) => client.realtime.disconnect()));
  }
}

async function timeFloor({ client }: ApiPerson, chatId: string): Promise<number> {
  const start = now();
  await client.rpc('my_chats').throwOnError();
  await client
    .from('messages')
    .select()
    .eq('chat_id', chatId)
    .order('seq', { ascending: false })
    .limit(41)
    .throwOnError();
  return now() - start;
}

let written = 0;

/** Inserts of the author's own, in one transaction; the last one's text. */
async function writeMissed(sql: Sql, authorId: string, chatId: string): Promise<{ readonly text: string }> {
  const batch = ++written;
  await as(
    sql,
    person(authorId),
    (tx) => tx`
      insert into public.messages (id, chat_id, body)
      select gen_random_uuid(), ${chatId}, ${`missed ${batch}.`} || i from generate_series(1, ${MISSED}) i`,
  );
  return { text: `missed ${batch}.${MISSED}` };
}
