import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeGroup, say, join as signUp, type TestPerson } from '../tests/support/people.ts';
import type { Tally, Target } from './support/attackers-child.ts';
import type { Bench, BenchContext } from './support/bench.ts';
import { now, row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';

const PER_SECOND = 4;
const QUIET_SECONDS = 20;
const ATTACK_SECONDS = 60;
const PATIENCE_MS = 30_000;
/** How much slower the attack may make two people's talk. */
const AIM = 3;

/** Two people chat while fifty clients guess passwords and invites and flood the backend with messages and frames. */
export const underAttack: Bench = async (context) => {
  const [ana, ben] = [await signUp(context, 'Ana'), await signUp(context, 'Ben')];
  const chatId = await makeGroup(ana, ben);
  try {
    const quiet = await talk(context, [ana, ben], chatId, QUIET_SECONDS);
    const attackers = await startAttackers({
      url: context.url,
      publishableKey: context.publishableKey,
      email: ana.email,
      chatId,
    });
    const attacked = await talk(context, [ana, ben], chatId, ATTACK_SECONDS);
    const tally = await attackers.end();
    return { title: 'Two people under attack', lines: report(quiet, attacked, tally) };
  } finally {
    await Promise.all([ana.browser.stop(), ben.browser.stop()]);
  }
};

interface Talk {
  readonly summary: Summary;
  readonly sent: number;
  readonly lost: number;
}

/** Both write in turns; from send to the other's view. */
async function talk(
  { progress }: BenchContext,
  people: readonly [TestPerson, TestPerson],
  chatId: string,
  seconds: number,
): Promise<Talk> {
  const sentAt = new Map<string, number>();
  const heardAfter = new Map<string, number>();
  const stops = people.map(({ id, panel }) =>
    panel.subscribe(({ view }) => {
      if (view?.chat.id !== chatId) return;
      for (const message of view.messages.slice(-40)) {
        const start = sentAt.get(message.id);
        if (start !== undefined && message.authorId !== id && !heardAfter.has(message.id))
          heardAfter.set(message.id, now() - start);
      }
    }),
  );
  const start = performance.now();
  for (let n = 0; n < seconds * PER_SECOND; n++) {
    progress(`under attack ${n}/${seconds * PER_SECOND}`);
    await sleep(Math.max(0, start + (n * 1000) / PER_SECOND - performance.now()));
    const author = people[n % 2] ?? people[0];
    sentAt.set(say(author, chatId, `message ${n}`), now());
  }
  for (let waited = 0; waited < PATIENCE_MS && heardAfter.size < sentAt.size; waited += 100) await sleep(100);
  for (const stop of stops) stop();
  return { summary: summarise([...heardAfter.values()]), sent: sentAt.size, lost: sentAt.size - heardAfter.size };
}

async function startAttackers(target: Target): Promise<{ end(): Promise<Tally> }> {
  const child = fork(fileURLToPath(new URL('support/attackers-child.ts', import.meta.url)), [JSON.stringify(target)]);
  await once(child, 'message');
  child.send('start');
  return {
    async end() {
      child.send('end');
      const [tally] = (await once(child, 'message')) as [Tally];
      await once(child, 'exit');
      return tally;
    },
  };
}

function report(quiet: Talk, attacked: Talk, tally: Tally): string[] {
  const ratio = attacked.summary.p95 / quiet.summary.p95;
  const rows = Object.entries(tally).map(([kind, outcomes]) => {
    const counts = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
    const all = counts.reduce((sum, [, count]) => sum + count, 0);
    return `| ${kind} | ${Math.round(all / ATTACK_SECONDS)} | ${counts.map(([code, count]) => `${code}: ${count}`).join(', ')} |`;
  });
  return [
    SUMMARY_HEAD,
    row('quiet', quiet.summary),
    row('under attack', attacked.summary),
    '',
    `Aim: p95 under attack below ${AIM} × the quiet one, and nothing lost. Seen: ${ratio.toFixed(2)} ×, ${quiet.lost + attacked.lost} of ${quiet.sent + attacked.sent} messages not heard within half a minute after it. ${ratio < AIM ? 'Met' : 'Missed'}${attacked.lost + quiet.lost === 0 ? '' : ', and something was not there in time'}. Two hubs with panels (on an IndexedDB in memory) write ${PER_SECOND} messages/s in turns, ${QUIET_SECONDS} s in quiet and ${ATTACK_SECONDS} s under attack by 50 clients on loopback, each of which strikes again as soon as it was answered; they, the hubs and the backend share the machine's processors.`,
    '',
    '| attack | strikes/s | outcomes |',
    '|---|---|---|',
    ...rows,
  ];
}
