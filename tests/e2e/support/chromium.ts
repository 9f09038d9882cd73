import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, {
  type Browser,
  type CDPSession,
  type Extension,
  type Frame,
  type Page,
  type Target,
  type WaitTimeoutOptions,
  type WebWorker,
} from 'puppeteer-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One person's browser: a fresh profile with the built extension in it. */
export interface PersonBrowser {
  readonly browser: Browser;
  readonly extension: Extension;
  /** The background worker; started again when it was ended. */
  worker(): Promise<WebWorker>;
  /** Ends the background worker, as the browser does when it pleases. */
  endWorker(): Promise<void>;
  open(url: string): Promise<Page>;
  /** A real click on the toolbar button over this page. Resolves to the panel's frame. */
  openOverlay(page: Page): Promise<Frame>;
  /** The same click where the overlay cannot be: resolves to the side panel. */
  openSidePanel(page: Page): Promise<Target>;
  /** Sideroom's own window which comes of this, not one that is there already. */
  windowOf(act: () => Promise<unknown>): Promise<Page>;
  close(): Promise<void>;
}

interface WorkerEnder {
  stop(): Promise<void>;
}

/** Stops the extension's worker through the browser's own list of workers, and knows when it has really ended. */
async function watchWorker(browser: Browser, extensionId: string, attached: CDPSession): Promise<WorkerEnder> {
  // A page of the extension's origin that runs none of its code; in the background, where it keeps no other from painting.
  const page = await browser.newPage({ background: true });
  await page.goto(`chrome-extension://${extensionId}/manifest.json`);
  const session = await page.createCDPSession();
  const running = new Map<string, string>();
  let onChange = () => {};
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) {
      running.set(versionId, runningStatus);
    }
    onChange();
  });
  const until = (isTrue: () => boolean) =>
    new Promise<void>((resolve) => {
      onChange = () => {
        if (isTrue()) resolve();
      };
      onChange();
    });
  await session.send('ServiceWorker.enable');
  // The driver stays attached and has every start wait for it, yet does not notice these starts: they are waved on.
  const waving = setInterval(() => {
    if ([...running.values()].includes('starting')) attached.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  }, 20);
  browser.once('disconnected', () => clearInterval(waving));
  return {
    async stop() {
      const versions = () => [...running].filter(([, status]) => status === 'running').map(([id]) => id);
      await until(() => versions().length > 0);
      const [versionId = ''] = versions();
      const ended = until(() => running.get(versionId) === 'stopped');
      await session.send('ServiceWorker.stopWorker', { versionId });
      await ended;
    },
  };
}

/** Starts a Chromium without the extension. */
export function launchPlain(): Promise<Browser> {
  return puppeteer.launch({ executablePath: chromiumPath(), headless: true, pipe: true, args: [...CHROMIUM_FLAGS] });
}

/** Starts a Chromium with the extension in `extensionDir`. */
export async function launchPerson(
  extensionDir: string,
  options: { width?: number; height?: number; dark?: boolean; profile?: string; flags?: readonly string[] } = {},
): Promise<PersonBrowser> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'sideroom-profile-'));
  const browser = await puppeteer.launch({
    executablePath: chromiumPath(),
    headless: true,
    pipe: true,
    enableExtensions: [extensionDir],
    userDataDir: profile,
    defaultViewport: { width: options.width ?? 1200, height: options.height ?? 800 },
    args: [
      ...CHROMIUM_FLAGS,
      ...(options.flags ?? []),
      ...(options.dark ? ['--blink-settings=preferredColorScheme=0'] : []),
    ],
  });
  const isWorker = (target: Target) =>
    target.type() === 'service_worker' && target.url().startsWith('chrome-extension://');
  const worker = async () => {
    const target = await browser.waitForTarget(isWorker);
    const handle = await target.worker();
    if (handle === null) throw new Error('the background worker went away while it was looked at');
    return handle;
  };
  await (await worker()).evaluate(waitForClickListener);
  const [extension = noExtension(extensionDir)] = (await browser.extensions()).values();

  let ender: WorkerEnder | undefined;

  /**
   * A click that comes right after a tab has its page can be too early for the browser to let the extension in. Then Sideroom's own
   * window comes instead: it is closed, for later looks at windows, and the click repeated.
   */
  async function click<T>(page: Page, opened: (options: WaitTimeoutOptions) => Promise<T>): Promise<T> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      await page.bringToFront();
      const decided = new AbortController();
      const options = { timeout: PATIENCE, signal: decided.signal };
      const isNew = otherWindow();
      await extension.triggerAction(page);
      const [result, stray] = await Promise.race([
        opened(options).then((found) => [found, null] as const),
        browser.waitForTarget(isNew, options).then((target) => [null, target] as const),
      ]).catch(() => [null, null] as const);
      decided.abort();
      if (result !== null) return result;
      await (await stray?.page())?.close();
    }
    throw new Error('the click on the toolbar button opened nothing');
  }

  /** Tells a window of Sideroom's own that comes from now on. */
  function otherWindow(): (target: Target) => boolean {
    const before = new Set(browser.targets());
    return (target) => !before.has(target) && target.url().endsWith('/panel.html#window');
  }

  return {
    browser,
    extension,
    worker,
    endWorker: async () => {
      ender ??= await watchWorker(browser, extension.id, (await worker()).client);
      await ender.stop();
    },
    async open(url) {
      const page = await browser.newPage();
      await page.goto(url, { waitUntil: 'load' });
      return page;
    },
    openOverlay: (page) => click(page, (options) => page.waitForFrame(isPanel, options)),
    openSidePanel: (page) => click(page, (options) => browser.waitForTarget(isSidePanel, options)),
    async windowOf(act) {
      const isNew = otherWindow();
      await act();
      const page = await (await browser.waitForTarget(isNew)).page();
      if (page === null) throw new Error('the window has no page');
      return page;
    },
    async close() {
      await browser.close();
      if (options.profile === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The browser for tests: the one that the set-up found, else the usual one. */
export function chromiumPath(): string {
  return process.env.CHROMIUM_PATH ?? CANDIDATES.find((path) => existsSync(path)) ?? 'chromium';
}

/** How long a click may take to show something, in milliseconds. */
const PATIENCE = 5_000;

function isSidePanel(target: Target): boolean {
  return target.url().endsWith('/sidepanel.html');
}

function noExtension(extensionDir: string): never {
  throw new Error(`no extension was loaded from ${extensionDir}`);
}

/** Whether a frame is the panel. */
export function isPanel(frame: Frame): boolean {
  return frame.url().includes('/panel.html');
}

/**
 * What `chrome.runtime.getURL` says to the content script on a page: the session's secret address of the panel, which a page cannot
 * learn by itself. Works once the overlay was opened there.
 */
export async function secretPanelAddress(page: Page): Promise<string> {
  for (const evaluate of await isolatedWorlds(page)) {
    const address = await evaluate("globalThis.chrome?.runtime?.getURL('/panel.html')");
    if (typeof address === 'string') return address;
  }
  throw new Error('there is no content script on this page');
}

/** What runs in the worlds of the extension's content scripts on a page; promises are waited for. */
export async function isolatedWorlds(page: Page): Promise<((expression: string) => Promise<string>)[]> {
  const session = await page.createCDPSession();
  const worlds: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension://')) worlds.push(context.id);
  });
  await session.send('Runtime.enable');
  return worlds.map((contextId) => async (expression) => {
    const { result } = await session.send('Runtime.evaluate', { contextId, expression, awaitPromise: true });
    return result.value;
  });
}

/** Runs in the worker: clicks are lost before the listener is there. */
async function waitForClickListener(): Promise<void> {
  const { action } = (globalThis as unknown as { chrome: { action: { onClicked: { hasListeners(): boolean } } } })
    .chrome;
  while (!action.onClicked.hasListeners()) await new Promise((resolve) => setTimeout(resolve, 10));
}
