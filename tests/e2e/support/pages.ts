import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ODD_PAGES } from './odd-pages.ts';

/** A website on loopback whose pages note what befalls them. Its host name differs from the backend's. */
export interface Website {
  readonly url: string;
  /** Paths that were asked for. */
  readonly requests: string[];
  stop(): Promise<void>;
}

const ARTICLE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Margins</title><link rel="icon" href="data:,">
<style>body { font: 18px/1.6 Georgia, serif; max-width: 560px; margin: 48px 120px } iframe { width: 70px !important; border: 3px solid red !important }</style>
<script>window.keysHeard = []; for (const type of ['keydown', 'keypress', 'keyup', 'input']) addEventListener(type, (event) => keysHeard.push(event.key ?? type), true);</script>
</head><body><h1>Margins</h1><p>Reading alone is quick, and reading together is thorough. The margin of a shared book used to be the place for it: one person underlined a sentence, the next one argued with it in pencil, a third came years later and agreed with neither.</p><p>Nobody had to leave the page to talk about it, and the page kept what was said.</p><p><input id="field" aria-label="Field"></p></body></html>`;

/** A page on which the passage lies far below. */
const LONG = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Long</title><h1>Long</h1><p style="margin-block-end: 6000px">Above.</p><p>Lagan is cargo that was tied to a buoy.</p><p style="margin-block-end: 3000px">Below.</p></html>`;

const MODAL = ARTICLE.replace(
  '</body>',
  '<dialog id="dialog"><p>First things first</p></dialog><script>dialog.showModal()</script></body>',
);

/** Goes on without loading, and never takes back the address that its first page declared. */
const SPA = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour</title><link rel="icon" href="data:,"><link rel="canonical" href="/app/one"><meta name="author" content="Who wrote page one"></head>
<body><main><h1>one</h1><p>The first page of an app tells of the harbour, its walls and its lights, at some length.</p></main><script>
const show = () => { const name = location.pathname.split('/').at(-1); document.title = 'Harbour ' + name; document.body.replaceChildren(document.createElement('main')); document.querySelector('main').innerHTML = '<h1>' + name + '</h1><p>This is what the app shows of ' + name + ', a page of the harbour that was never loaded by itself.</p>' };
window.go = (to) => { history.pushState(null, '', to); show() };
window.become = (to) => { history.replaceState(null, '', to); show() };
addEventListener('popstate', show);
</script></body></html>`;

/** The least that is one. */
const PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>';

/** Frames whatever its query names, as a page that learned the panel's address would. */
const FRAMER =
  '<!doctype html><title>Framer</title><iframe id="stolen" style="width:400px;height:600px"></iframe><script>stolen.src = decodeURIComponent(location.search.slice(1))</script>';

const PAGES: Record<string, { body: string; headers?: Record<string, string> }> = {
  '/article': { body: ARTICLE },
  '/long': { body: LONG },
  '/app/one': { body: SPA },
  '/app/two': { body: SPA.replace('/app/one"', '/app/two"') },
  '/strict': {
    body: '<!doctype html><title>Strict</title><h1>Strict</h1><p>Nothing is allowed here.</p>',
    headers: {
      'content-security-policy': "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'cross-origin-embedder-policy': 'require-corp',
    },
  },
  '/deaf': { body: ARTICLE, headers: { 'permissions-policy': 'microphone=()' } },
  '/modal': { body: MODAL },
  '/paper.pdf': { body: PDF, headers: { 'content-type': 'application/pdf' } },
  '/framer': { body: FRAMER },
  ...ODD_PAGES,
};

export async function startWebsite(): Promise<Website> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path !== '/favicon.ico') requests.push(path);
    const page = PAGES[path];
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
