import { browser } from 'wxt/browser';

/** Chrome has `sidePanel`, Firefox `sidebarAction`; the polyfill's types know neither fully. */
interface PanelApis {
  readonly sidePanel?: { open(where: { tabId: number }): Promise<void> };
  readonly sidebarAction?: { open(): Promise<void> };
}

const apis = globalThis as { readonly chrome?: PanelApis; readonly browser?: PanelApis };

/**
 * Opens the side panel beside the tab in which this panel lies. Must be called by the panel itself, in a click: a click does not
 * count on the other side of a port. Resolves to false where it cannot be done, so that something else can: over a page Firefox
 * gives a panel neither of these interfaces.
 */
export async function openSidePanelHere(): Promise<boolean> {
  const sidebar = apis.browser?.sidebarAction;
  // Firefox forgets the click at the first await.
  if (sidebar !== undefined) return works(sidebar.open());
  const sidePanel = apis.chrome?.sidePanel;
  if (sidePanel === undefined) return false;
  const tab = await browser.tabs.getCurrent();
  return tab?.id !== undefined && works(sidePanel.open({ tabId: tab.id }));
}

function works(opening: Promise<void>): Promise<boolean> {
  return opening.then(
    () => true,
    () => false,
  );
}
