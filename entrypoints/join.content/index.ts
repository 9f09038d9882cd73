import { defineContentScript } from 'wxt/utils/define-content-script';
import { settings } from '../background/settings.ts';
import { type Overlay, openOverlay } from '../overlay/frame.ts';
import type { FromOverlay } from '../overlay/messages.ts';

/**
 * The one static content script, on the page that invite links lead to: takes the token from the fragment, hands it to the hub,
 * and opens the panel there. The token stays out of requests and logs, as it does without the extension.
 */
const world = globalThis as typeof globalThis & { sideroomOverlay?: Overlay | null };

export default defineContentScript({
  matches: [settings.joinPattern],
  registration: 'manifest',
  runAt: 'document_end',
  async main() {
    await openInvite();
    window.addEventListener('hashchange', () => void openInvite());
  },
});

async function openInvite(): Promise<void> {
  const token = location.hash.slice(1);
  if (!/^[A-Za-z0-9_-]{22,64}$/.test(token)) return;
  const message: FromOverlay = { type: 'invite-opened', token };
  await chrome.runtime.sendMessage(message);
  world.sideroomOverlay ??= await openOverlay(() => {
    world.sideroomOverlay = null;
  });
}
