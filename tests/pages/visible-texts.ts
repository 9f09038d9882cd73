import { openReadingBrowser } from './browser.ts';
import { TEST_PAGES } from './pages.ts';

/** The visible text of each test page, as Chromium shows it. */
export async function readVisibleTexts(): Promise<string[]> {
  const browser = await openReadingBrowser();
  const texts: string[] = [];
  for (const { name } of TEST_PAGES) {
    const page = await browser.open(name);
    texts.push(await page.evaluate(() => reader.text()));
    await page.close();
  }
  await browser.close();
  return texts;
}
