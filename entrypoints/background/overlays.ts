import { browser } from 'wxt/browser';
import { clampWidth, OVERLAY_WIDTH } from '../../lib/model/overlay-width.ts';
import type { WhyBeside } from '../../lib/model/share.ts';
import type { FromOverlay, MountReply, ToOverlay } from '../overlay/messages.ts';
import type { Passes } from './passes.ts';

const WIDTH_KEY = 'overlayWidth';

interface Deps {
  readonly passes: Passes;
  onInvite(token: string): Promise<void>;
  /** The page would make the overlay unusable. */
  onBlocked(tabId: number, why: WhyBeside): Promise<void>;
  /** The person closed the overlay. */
  onClosed(tabId: number): void;
  /** The page went away with the overlay over it. */
  onLeft(tabId: number, address: string): void;
  onKeysTaken(tabId: number): void;
}

type Sender = {
  readonly tab?: { readonly id?: number | undefined } | undefined;
  readonly frameId?: number | undefined;
};

/** Answers the content scripts that hold overlays. */
export function serveOverlays({ passes, onInvite, onBlocked, onClosed, onLeft, onKeysTaken }: Deps): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => {
    const tabId = sender.tab?.id;
    // Only the top document's own content script holds an overlay; the panel itself speaks through its port.
    if (tabId === undefined || sender.frameId !== 0 || !isFromOverlay(message)) return;
    switch (message.type) {
      case 'overlay-mount':
        return mount(passes, tabId);
      case 'overlay-blocked':
        return onBlocked(tabId, message.why);
      case 'overlay-closed':
        return onClosed(tabId);
      case 'overlay-left':
        return onLeft(tabId, message.address);
      case 'keys-taken':
        return onKeysTaken(tabId);
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

/** Gives the overlay the keyboard. */
export async function focusOverlay(tabId: number): Promise<void> {
  await tell(tabId, { type: 'overlay-focus' });
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
  switch (message.type) {
    case 'invite-opened':
      return 'token' in message && typeof message.token === 'string';
    case 'overlay-blocked':
      return 'why' in message && (message.why === 'dialog' || message.why === 'removed');
    case 'overlay-left':
      return 'address' in message && typeof message.address === 'string';
    default:
      return message.type === 'overlay-mount' || message.type === 'overlay-closed' || message.type === 'keys-taken';
  }
}
