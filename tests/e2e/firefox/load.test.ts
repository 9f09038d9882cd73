import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildExtension } from '../../../scripts/build-extension.ts';
import { launchFirefox, openSidePanelPage } from '../support/firefox.ts';
import { panelUser } from '../support/panel.ts';

/** Named by the set-up, which brings one where it can. */
const firefox = process.env['FIREFOX_PATH'];
if (firefox === undefined) {
  process.stderr.write('The Firefox tests are left out: no Firefox here. Install firefox-esr or set FIREFOX_PATH.\n');
}

describe.skipIf(firefox === undefined)('the extension in Firefox', () => {
  const { url, publishableKey } = inject('product');
  let browser: Browser;

  beforeAll(async () => {
    const build = { supabaseUrl: url, publishableKey, browser: 'firefox', outDir: '.output-e2e' } as const;
    browser = await launchFirefox(firefox ?? '', await buildExtension(build));
  });

  afterAll(() => browser?.close());

  test('loads, and its event page shows the first screen to a side panel', async () => {
    const page = await openSidePanelPage(browser);
    const panel = panelUser(page, page.mainFrame());
    await panel.see('Sign in');
    expect(await panel.text()).toContain('E-mail');
  });
});
