import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { buildExtension } from '../scripts/build-extension.ts';
import { CHROMIUM_FLAGS, chromiumPath, launchPerson } from '../tests/e2e/support/chromium.ts';
import { panelUser } from '../tests/e2e/support/panel.ts';
import { temporaryFolder } from '../tests/support/folders.ts';
import type { Bench } from './support/bench.ts';
import { createPerson } from './support/people.ts';

const MINUTES = 5.5;

/**
 * Whether the background keeps its socket while nothing happens. A debugger would keep the worker alive and hide the question, so
 * the browser runs without one, and what is seen is what passes a relay in front of the backend.
 */
export const idleWorker: Bench = async (context) => {
  const relay = await startRelay(Number(new URL(context.url).port));
  const url = `http://127.0.0.1:${relay.port}`;
  const extensionDir = await buildExtension({
    supabaseUrl: url,
    publishableKey: context.publishableKey,
    outDir: '.output-idle',
  });
  const profile = temporaryFolder();
  const person = await createPerson(context, 'Idle');
  const browser = await launchPerson(extensionDir, { profile: profile.path });
  const page = await browser.open(`${context.website}/article`);
  const panel = panelUser(page, await browser.openOverlay(page));
  await panel.fill('E-mail', person.email);
  await panel.fill('Password', person.password);
  await panel.click('Sign in');
  await panel.see('New group');
  await browser.close();

  relay.reset();
  const flags = [
    ...CHROMIUM_FLAGS,
    '--headless=new',
    `--user-data-dir=${profile.path}`,
    `--load-extension=${extensionDir}`,
  ];
  const plain = spawn(chromiumPath(), [...flags, `${context.website}/article`], { stdio: 'ignore' });
  try {
    while (relay.seen().opened === 0) await wait(200);
    const start = Date.now();
    while (Date.now() - start < MINUTES * 60_000) {
      context.progress(`idle worker: ${Math.round((Date.now() - start) / 1000)} s`);
      await wait(5_000);
    }
    const { opened, closed, frames } = relay.seen();
    return {
      title: 'The background while idle',
      lines: [
        `${MINUTES} minutes without a panel, a debugger or a message: ${opened} websocket opened, ${closed} closed, ${frames} pieces sent by the browser (heartbeats every 25 s).`,
      ],
    };
  } finally {
    await end(plain);
    await relay.stop();
    await person.client.realtime.disconnect();
    profile.remove();
  }
};

async function end(browser: ChildProcess): Promise<void> {
  browser.kill();
  await once(browser, 'exit');
}

/** Passes bytes to the backend and counts its websockets. */
async function startRelay(target: number) {
  let counts = { opened: 0, closed: 0, frames: 0 };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let isSocket = false;
    client.on('data', (data) => {
      if (!isSocket && data.includes('Upgrade: websocket')) {
        isSocket = true;
        counts.opened++;
        client.once('close', () => {
          counts.closed++;
        });
      } else if (isSocket) counts.frames++;
    });
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    seen: () => ({ ...counts }),
    reset() {
      counts = { opened: 0, closed: 0, frames: 0 };
    },
    async stop() {
      server.close();
    },
  };
}
