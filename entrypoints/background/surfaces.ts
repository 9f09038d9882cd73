import { browser } from 'wxt/browser';
import type { WhyBeside } from '../../lib/model/share.ts';

/** The tab that was clicked, as far as it matters here. */
export interface ClickedTab {
  readonly id?: number | undefined;
  readonly url?: string | undefined;
  readonly windowId?: number | undefined;
}

/** Chrome has `sidePanel`, Firefox `sidebarAction`; the polyfill's types know neither fully. */
interface PanelApis {
  readonly sidePanel?: { open(where: { tabId: number }): Promise<void> };
  readonly sidebarAction?: { open(): Promise<void> };
}

const apis = globalThis as { chrome?: PanelApis; browser?: PanelApis };

/**
 * The toolbar click or the shortcut: the overlay over this page, or, where a page cannot be entered, the side panel, which is told
 * why by `note`. Click again to close.
 */
export async function openBeside(tab: ClickedTab, note: (tabId: number, why: WhyBeside) => void): Promise<void> {
  const { id } = tab;
  if (id === undefined) return openWindow();
  // Decided before anything is awaited: a side panel opens only while the click counts.
  if (!canBeEntered(tab.url)) {
    note(id, 'no_entry');
    return openSidePanel(id);
  }
  const inject = () => browser.scripting.executeScript({ target: { tabId: id }, files: ['/overlay.js'] });
  try {
    // In a tab that just got its page Chrome may refuse the first time, and takes the second.
    await inject().catch(inject);
  } catch {
    // A page of the administrator's, or one that is going away: extensions may not enter, whatever the address says.
    note(id, 'no_entry');
    await openSidePanel(id);
  }
}

/** The browser's own side panel; a window where the browser refuses it (no gesture, or no such panel). */
export async function openSidePanel(tabId: number): Promise<void> {
  const sidePanel = apis.chrome?.sidePanel;
  const sidebar = apis.browser?.sidebarAction;
  try {
    if (sidePanel) return await sidePanel.open({ tabId });
    if (sidebar) return await sidebar.open();
  } catch {
    // Falls through to the window.
  }
  await openWindow();
}

/** The panel in a window of its own. */
export async function openWindow(): Promise<void> {
  await browser.windows.create({
    url: `${browser.runtime.getURL('/panel.html')}#window`,
    type: 'popup',
    width: 440,
    height: 760,
  });
}

/** After a click a page that may be entered tells its address. */
function canBeEntered(url: string | undefined): boolean {
  return url !== undefined && /^(https?|file):/.test(url);
}
