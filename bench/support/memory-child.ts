/** A hub with one panel in a process of its own, run with --expose-gc: says what lives on its heap once all chats are known. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from '../../tests/support/browser.ts';

/** Late looks of the hub are over by then, and topics are joined. */
const SETTLED = 5_000;

const [url = '', publishableKey = '', email = '', password = '', chats = ''] = process.argv.slice(2);
const browser = openBrowser({ url, publishableKey });
const panel = browser.openPanel();
await panel.until(({ app }) => app?.session.name === 'signed-out');
await panel.request('signIn', { email, password });
await panel.until(({ app }) => app?.connection === 'online' && app.chats.length === Number(chats));
await sleep(SETTLED);
// Finalizers of one collection leave work for the next.
for (let round = 0; round < 5; round++) {
  globalThis.gc?.();
  await sleep(50);
}
process.send?.({ heapUsed: process.memoryUsage().heapUsed });
await browser.stop();
process.exit(0);
