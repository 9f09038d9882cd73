import { browser } from 'wxt/browser';
import type { WorldOfOverlay } from '../overlay/messages.ts';

interface Tab {
  readonly url?: string | undefined;
  readonly status?: string | undefined;
}

/**
 * Brings the overlay back where its page is loaded anew, or gone back to. Only at the very address at which it stood, in the tab
 * where it stood, and while the person's grant lasts: another page is one on which Sideroom was not opened [PAGE5].
 */
export function returnOverlays() {
  /** Addresses at which pages went away under their overlays, by tab. A worker that ended has forgotten them. */
  const left = new Map<number, Set<string>>();

  browser.tabs.onUpdated.addListener((tabId, _, tab) => void attempt(tabId, tab));
  browser.tabs.onRemoved.addListener(forget);

  async function attempt(tabId: number, { url, status }: Tab): Promise<void> {
    // Without the grant there is no way back, whatever comes.
    if (url === undefined && status === 'complete') forget(tabId);
    if (url === undefined || left.get(tabId)?.delete(url) !== true) return;
    const isDone = await bring(tabId, url);
    // While it still loads, the old document may have been met, or none.
    if (!isDone && status === 'loading') await noteLeft(tabId, url);
  }

  /** The page in a tab went away with the overlay over it. */
  async function noteLeft(tabId: number, address: string): Promise<void> {
    const addresses = left.get(tabId) ?? new Set();
    left.set(tabId, addresses.add(address));
    const tab = await browser.tabs.get(tabId).catch(() => null);
    if (tab === null) forget(tabId);
    // A page that loads at once can be there already.
    else if (tab.status === 'complete') await attempt(tabId, tab);
  }

  /** The person does not want it in this tab any more, or the tab is gone. */
  function forget(tabId: number): void {
    left.delete(tabId);
  }

  return { noteLeft, forget };
}

/** False: not now. */
async function bring(tabId: number, address: string): Promise<boolean> {
  const target = { tabId };
  try {
    const [asked] = await browser.scripting.executeScript({ target, func: prepare, args: [address] });
    if (asked?.result === 'ready') await browser.scripting.executeScript({ target, files: ['/overlay.js'] });
    return asked?.result !== 'old';
  } catch {
    // The page is going away, or the grant is gone.
    return false;
  }
}

/** Runs in the page. `old`: it is the one that is being left. */
function prepare(address: string): 'ready' | 'old' | 'no' {
  const world = globalThis as WorldOfOverlay;
  if (world.sideroomOverlay) return 'old';
  if (location.href !== address || document.querySelector(':modal, :fullscreen') !== null) return 'no';
  world.sideroomReturns = true;
  return 'ready';
}
