import { browser } from 'wxt/browser';

/**
 * After installing: the join pages that are open already get the content script that they would have got by loading now, so that an
 * invite which led to the installation comes up by itself.
 */
export async function offerInvites(joinPattern: string): Promise<void> {
  for (const tab of await browser.tabs.query({ url: joinPattern })) {
    if (tab.id === undefined) continue;
    // A tab that closes or goes elsewhere meanwhile misses nothing.
    await browser.scripting
      .executeScript({ target: { tabId: tab.id }, files: ['/content-scripts/join.js'] })
      .catch(() => {});
  }
}

/** Whether an address is that of a join page; patterns know no port. */
export function isJoinPage(address: string, joinPattern: string): boolean {
  const { protocol, hostname, pathname } = new URL(address);
  return `${protocol}//${hostname}${pathname}`.startsWith(joinPattern.replace('*', ''));
}
