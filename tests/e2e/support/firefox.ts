import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** Id of the extension, as it names itself to Firefox. */
export const ADD_ON = 'sideroom@sideroom.example';
/** Firefox draws this at random for each profile; tests fix it, to know the address of the extension's pages. */
const ADDRESS = '5b1de500-0a11-4b0c-9e55-51de400a0001';

/** Origin of the extension's pages in a Firefox under test. */
export const FIREFOX_ORIGIN = `moz-extension://${ADDRESS}`;

/** Starts a Firefox with a fresh profile and the extension in `extensionDir`. */
export async function launchFirefox(
  executablePath: string,
  extensionDir: string,
  preferences: Readonly<Record<string, unknown>> = {},
): Promise<Browser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    // Without it the driver may look neither at the extension's pages nor at the browser around them.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { ...preferences, 'extensions.webextensions.uuids': JSON.stringify({ [ADD_ON]: ADDRESS }) },
  });
  await browser.installExtension(extensionDir);
  return browser;
}

/** Opens the side panel's page as a tab: the driver cannot reach into the side bar itself. */
export async function openSidePanelPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  // The driver never hears that a page of an extension has loaded: callers wait for what stands on it.
  page.goto(`${FIREFOX_ORIGIN}/sidepanel.html`).catch(() => {});
  return page;
}
