import type { Page } from 'puppeteer-core';
import type { PersonBrowser } from './chromium.ts';

/** A microphone that hears a beep every second, so that its level goes up and down. */
export const FAKE_MICROPHONE = ['--use-fake-device-for-media-stream'];

/** What a person would have answered, or set in the browser's settings for the extension. Holds as long as the browser runs. */
export async function setMicrophone(
  { browser, extension }: PersonBrowser,
  setting: 'granted' | 'denied',
): Promise<void> {
  // Not to be detached: with its session the setting would go.
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setPermission', {
    permission: { name: 'microphone' },
    setting,
    origin: `chrome-extension://${extension.id}`,
  });
}

/** Whether a page of the extension is there that could be recording. */
export function hasRecorder({ browser }: PersonBrowser): boolean {
  return browser.targets().some((target) => target.url().includes('/microphone.html'));
}

/** The window that asks for the microphone, or explains. */
export async function microphoneWindow({ browser }: PersonBrowser): Promise<Page> {
  const target = await browser.waitForTarget(
    (each) => each.type() === 'page' && each.url().includes('/microphone.html'),
  );
  const page = await target.page();
  if (page === null) throw new Error('the window of the microphone has no page');
  return page;
}
