import { mkdir } from 'node:fs/promises';
import { launchBrowser, look } from './browser.ts';
import { serveGallery } from './serve.ts';

/**
 * Takes pictures of the panel's states: `node tests/gallery/shoot.ts <folder> [state …]`. Without states: all of them, light and
 * dark, at the usual widths.
 */
const [folder = '.output/gallery', ...wanted] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const server = await serveGallery();
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => process.stderr.write(`${error}\n`));
  const { STATES } = await import('./states.ts');
  for (const state of wanted.length > 0 ? wanted : Object.keys(STATES)) {
    for (const width of (process.env['WIDTHS'] ?? '360,480').split(',').map(Number)) {
      for (const scheme of ['light', 'dark'] as const) {
        await look(page, server.url, { state, scheme, width });
        await page.screenshot({ path: `${folder}/${state}-${scheme}-${width}.png` });
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
