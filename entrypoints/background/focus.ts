import { browser } from 'wxt/browser';

/** Brings a panel before its person's eyes: its tab in front, in the window in front. A side panel belongs to the window used last. */
export async function focusPanel(tabId: number | undefined): Promise<void> {
  if (tabId === undefined) {
    const { id } = await browser.windows.getLastFocused();
    if (id !== undefined) await browser.windows.update(id, { focused: true });
    return;
  }
  const tab = await browser.tabs.update(tabId, { active: true });
  const windowId = tab?.windowId;
  if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
}
