import puppeteer, { type Browser, type Page } from 'puppeteer-core';

export interface Look {
  readonly state: string;
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height?: number;
  readonly surface?: string;
}

/** A Chromium without a window. */
export function launchBrowser(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    pipe: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
}

/** Opens one state and waits until it stands still. */
export async function look(
  page: Page,
  url: string,
  { state, scheme, width, height = 760, surface = 'overlay' }: Look,
): Promise<void> {
  await page.setViewport({ width, height, deviceScaleFactor: 2 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.emulateTimezone('UTC');
  await page.goto(`${url}?state=${state}&surface=${surface}`);
  await page.waitForSelector(`html[data-ready="${state}"]`);
  await settle(page);
}

/** Until nothing moves any more but what moves as long as the panel waits. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    // Endless ones (waiting) never finish; the others do within a fraction of a second.
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
  });
}
