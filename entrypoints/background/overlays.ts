import { browser } from 'wxt/browser';
import { clampWidth, OVERLAY_WIDTH } from '../../lib/model/overlay-width.ts';
import type { FromOverlay, MountReply, ToOverlay } from '../overlay/messages.ts';
import type { Passes } from './passes.ts';
import { openSidePanel } from './surfaces.ts';

const WIDTH_KEY = 'overlayWidth';

interface Deps {
  readonly passes: Passes;
  onInvite(token: string): Promise<void>;
}

type Sender = {
  readonly tab?: { readonly id?: number | undefined } | undefined;
  readonly frameId?: number | undefined;
};

/** Answers the content scripts that hold overlays. */
export function serveOverlays({ passes, onInvite }: Deps): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
    const tabId = sender.tab?.id;
    // Only the top document's own content script holds an overlay; the panel itself speaks through its port.
    if (tabId === undefined || sender.frameId !== 0 || !isFromOverlay(message)) return;
    switch (message.type) {
      case 'overlay-mount':
        return mount(passes, tabId);
      case 'overlay-blocked':
        return openSidePanel(tabId);
      case 'invite-opened':
        return onInvite(message.token);
    }
  });
  browser.tabs.onRemoved.addListener((tabId) => void passes.forgetTab(tabId));
}

async function mount(passes: Passes, tabId: number): Promise<MountReply> {
  const [pass, { [WIDTH_KEY]: width }] = await Promise.all([passes.issue(tabId), browser.storage.local.get(WIDTH_KEY)]);
  return { pass, width: typeof width === 'number' ? clampWidth(width) : OVERLAY_WIDTH.default };
}

/** Takes the overlay away from its page. */
export async function closeOverlay(tabId: number): Promise<void> {
  await tell(tabId, { type: 'overlay-close' });
}

/** Makes the overlay this wide, and the next ones too. */
export async function resizeOverlay(tabId: number, width: number): Promise<void> {
  const clamped = clampWidth(width);
  await Promise.all([
    tell(tabId, { type: 'overlay-width', width: clamped }),
    browser.storage.local.set({ [WIDTH_KEY]: clamped }),
  ]);
}

async function tell(tabId: number, message: ToOverlay): Promise<void> {
  await browser.tabs.sendMessage(tabId, message, { frameId: 0 });
}

function isFromOverlay(message: unknown): message is FromOverlay {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'invite-opened') return 'token' in message && typeof message.token === 'string';
  return message.type === 'overlay-mount' || message.type === 'overlay-blocked';
}
