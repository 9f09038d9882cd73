import type { Browser } from 'puppeteer-core';
import { ADD_ON } from '../support/firefox.ts';

/** What Firefox itself knows of the extension and does to it, in the browser's own window around the pages. */
export interface BrowserWindow {
  /** What the toolbar button does when it is clicked over the tab in front. */
  clickAction(): Promise<void>;
  /** Waits until the side bar, which Firefox opens after an installation, is there, and closes it. Resolves to its page's address. */
  closeSideBar(): Promise<unknown>;
  /** Ends the event page, as Firefox itself does with one that is idle. */
  endEventPage(): Promise<void>;
  isEventPageRunning(): Promise<boolean>;
}

const EXTENSION = `WebExtensionPolicy.getByID('${ADD_ON}').extension`;

/** The code behind the button: it grants the tab to the extension and fires the event. */
const CLICK_ACTION = `ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
  .ExtensionParent.apiManager.global.browserActionFor(${EXTENSION}).triggerAction(window)`;

const CLOSE_SIDE_BAR = `(async () => {
  const find = () => SidebarController.browser?.contentDocument?.getElementById('webext-panels-browser')?.currentURI.spec;
  while (!find()?.startsWith('moz-extension:')) await new Promise((resolve) => setTimeout(resolve, 50));
  const address = find();
  SidebarController.hide();
  return address;
})()`;

export async function browserWindow(browser: Browser): Promise<BrowserWindow> {
  const evaluate = await evaluator(browser);
  return {
    async clickAction() {
      await evaluate(CLICK_ACTION);
    },
    closeSideBar: () => evaluate(CLOSE_SIDE_BAR),
    async endEventPage() {
      await evaluate(`${EXTENSION}.terminateBackground()`);
    },
    async isEventPageRunning() {
      return (await evaluate(`${EXTENSION}.backgroundState`)) === 'running';
    },
  };
}

/** What is used of the driver's own line to Firefox, which Puppeteer has and does not show. */
interface BidiBrowser {
  readonly connection: { send(method: string, params: object): Promise<{ readonly result: unknown }> };
}

type Evaluated =
  | { readonly type: 'success'; readonly result: { readonly value?: unknown } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** Resolves to what runs code in the window and awaits it. */
async function evaluator(browser: Browser): Promise<(expression: string) => Promise<unknown>> {
  const { connection } = browser as unknown as BidiBrowser;
  const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [window] = (result as { contexts: { context: string }[] }).contexts;
  if (window === undefined) throw new Error('Firefox shows no window');
  const target = { context: window.context };
  return async (expression) => {
    const answer = await connection.send('script.evaluate', { expression, target, awaitPromise: true });
    const evaluated = answer.result as Evaluated;
    if (evaluated.type === 'exception') throw new Error(`${evaluated.exceptionDetails.text} in: ${expression}`);
    return evaluated.result.value;
  };
}
