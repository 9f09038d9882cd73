import { browser } from 'wxt/browser';
import type { WhyBeside } from '../../lib/model/share.ts';

/** Why Sideroom was opened beside the page of a tab and not over it. A courtesy: forgotten with the page, and with the worker. */
export function rememberWhyBeside() {
  const reasons = new Map<number, WhyBeside>();
  browser.tabs.onUpdated.addListener((tabId, { status }) => {
    if (status === 'loading') reasons.delete(tabId);
  });
  browser.tabs.onRemoved.addListener(forget);

  function forget(tabId: number): void {
    reasons.delete(tabId);
  }

  return {
    note: (tabId: number, why: WhyBeside) => void reasons.set(tabId, why),
    /** A panel came over the page after all: the first click fell into its loading. */
    forget,
    of: (tabId: number | undefined): WhyBeside | null => reasons.get(tabId ?? -1) ?? null,
  };
}
