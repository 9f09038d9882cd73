import { browser } from 'wxt/browser';
import type { PageFacts } from '../../lib/model/page-share.ts';
import type { ToOverlay } from '../overlay/messages.ts';
import { askPage } from './page-reader.ts';
import { refused } from './page-shares.ts';

/** A picture of what is in sight of the page in a tab, without the panel over it. Throws `page_…`. */
export async function capturePage(tabId: number | undefined): Promise<{ facts: PageFacts; picture: string }> {
  if (tabId === undefined) throw refused('closed');
  const answer = await askPage(tabId, { type: 'facts' });
  if (!answer.ok) throw refused(answer.why);
  const { windowId, active } = await browser.tabs.get(tabId);
  // Only what the person sees is taken.
  if (!active) throw refused('not_allowed');
  await veil(tabId, true);
  try {
    const picture = await browser.tabs.captureVisibleTab(windowId, { format: 'png' });
    return { facts: answer.facts, picture };
  } catch {
    throw refused('not_allowed');
  } finally {
    await veil(tabId, false);
  }
}

/** Takes the overlay out of sight, and resolves when that is painted. Where there is none, nothing happens. */
async function veil(tabId: number, on: boolean): Promise<void> {
  const message: ToOverlay = { type: 'overlay-veil', on };
  await browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => undefined);
}
