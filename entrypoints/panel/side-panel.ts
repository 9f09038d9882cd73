import { browser } from 'wxt/browser';

interface SidePanelApi {
  readonly sidePanel?: { open(where: { tabId: number }): Promise<void> };
}

/**
 * Opens the side panel beside the tab in which this panel lies. Must be called by the panel itself, in a click: a click does not
 * count on the other side of a port. Resolves to false where it cannot be done, so that something else can.
 */
export async function openSidePanelHere(): Promise<boolean> {
  const { sidePanel } = (globalThis as { chrome?: SidePanelApi }).chrome ?? {};
  const tab = await browser.tabs.getCurrent();
  if (sidePanel === undefined || tab?.id === undefined) return false;
  return sidePanel.open({ tabId: tab.id }).then(
    () => true,
    () => false,
  );
}
