import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { build } from 'vite';
import { launchBrowser } from '../gallery/browser.ts';
import type { ReaderInPage } from './reader-in-page.ts';

declare global {
  var reader: ReaderInPage;
}

/** A Chromium, a website with the test pages, and the reader as it is built. */
export interface ReadingBrowser {
  readonly url: string;
  /** Opens a page of the website (`news`) or one of this HTML, with `globalThis.reader` in it. */
  open(nameOrHtml: string): Promise<Page>;
  close(): Promise<void>;
}

export async function openReadingBrowser(): Promise<ReadingBrowser> {
  const [script, website, browser] = await Promise.all([buildReader(), serve(), launchBrowser()]);
  return {
    url: website.url,
    async open(nameOrHtml) {
      const page = await browser.newPage();
      await page.setViewport({ width: 1200, height: 800 });
      const isHtml = nameOrHtml.includes('<');
      await page.goto(`${website.url}/${isHtml ? website.add(nameOrHtml) : nameOrHtml}`);
      await page.evaluate(script);
      return page;
    },
    async close() {
      await browser.close();
      website.stop();
    },
  };
}

/** The HTML of a test page. */
function pageHtml(name: string): string {
  return readFileSync(fileURLToPath(new URL(`${name}.html`, import.meta.url)), 'utf8');
}

/** As the extension is built: one script without imports. */
async function buildReader(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      lib: { entry: fileURLToPath(new URL('reader-in-page.ts', import.meta.url)), formats: ['iife'], name: 'built' },
    },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error('the reader was not built');
  return output.output[0].code;
}

async function serve(): Promise<{ url: string; add(html: string): string; stop(): void }> {
  const added = new Map<string, string>();
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    const html = added.get(name) ?? (/^[a-z-]+$/.test(name) ? pageHtml(name) : null);
    response.writeHead(html === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    add(html) {
      const name = `made/${added.size}`;
      added.set(name, html);
      return name;
    },
    stop: () => server.close(),
  };
}
