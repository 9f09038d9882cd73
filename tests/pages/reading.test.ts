import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArticleReading } from '../../lib/page/reading-result.ts';
import { openReadingBrowser, type ReadingBrowser } from './browser.ts';
import { TEST_PAGES } from './pages.ts';

let browser: ReadingBrowser;

beforeAll(async () => {
  browser = await openReadingBrowser();
});

afterAll(() => browser?.close());

async function read(nameOrHtml: string): Promise<ArticleReading> {
  const page = await browser.open(nameOrHtml);
  const answer = await page.evaluate(() => reader.answer({ type: 'article' }));
  await page.close();
  if (!('reading' in answer) || answer.reading.kind !== 'article') throw new Error(JSON.stringify(answer));
  return answer.reading;
}

const even = (text: string) => text.replace(/\s+/g, ' ');

describe('articles', () => {
  let surroundings = 0;

  test.each(TEST_PAGES)('[PAGE2] $kind: nothing of the text is lost', async ({ name, kept, dropped }) => {
    const { facts, text } = await read(name);
    const all = `${facts.title}\n${text}`;
    // What begins with spaces is code, and is to stand as it stood.
    const lost = kept.filter(
      (words) => !(words.startsWith(' ') ? all.includes(words) : even(all).includes(even(words))),
    );
    expect(lost).toEqual([]);
    const extra = dropped.filter((words) => even(all).includes(even(words)));
    surroundings += extra.length;
    expect(extra.length).toBeLessThanOrEqual(2);
  });

  test('[PAGE2] hardly anything comes along from around it', () => {
    const all = TEST_PAGES.reduce((sum, { dropped }) => sum + dropped.length, 0);
    expect(surroundings / all).toBeLessThan(0.15);
  });

  test('[PAGE2] tables, code, lists and headings keep their structure', async () => {
    expect((await read('table')).text).toContain(
      '| Station | Q1 | Q2 | Q3 | Q4 | Year |\n| --- | --- | --- | --- | --- | --- |\n| Aldwick | 182 | 141 | 96 | 213 | 632 |\n',
    );
    const { text } = await read('docs');
    expect(text).toContain(
      '```ts\nconst client = createClient({\n  retries: 3,\n  timeout: 10_000, // milliseconds\n});\n',
    );
    expect(text).toContain('2. Restart the worker, because options are read once.\n   - In serverless functions');
    expect(text).toContain('\n\n## Options\n\n');
    expect((await read('forum')).text).toContain('> Do I need a heater, or patience?');
    expect((await read('code')).text).toContain(
      '```python\nclass Bloom:\n    def __init__(self, bits=1 << 16, hashes=4):\n        self.bits, self.hashes = bits, hashes\n',
    );
    expect((await read('wiki')).text).toContain('$\\phi = \\frac{1}{N}\\left|\\sum v_i\\right|$');
  });

  test('[PAGE2] lines that a style keeps are kept, and a style’s blocks are lines', async () => {
    const words = 'Enough words stand here that this is taken for a text and not for a heading. '.repeat(3);
    const { text } = await read(
      `<title>Poem</title><main><p>${words}</p><div style="white-space:pre-wrap">first line\nsecond line</div><p><span style="display:block">third</span><span style="display:block">fourth</span><span style="float:left">F</span>ifth</p></main>`,
    );
    expect(text).toContain('first line\nsecond line');
    expect(text).toMatch(/third\s+fourth\s+Fifth/);
  });

  test('[PAGE2] nothing of the page is changed by being read', async () => {
    for (const name of ['news', 'app']) {
      const page = await browser.open(name);
      const changes = await page.evaluate(async () => {
        let seen = 0;
        const observer = new MutationObserver((records) => {
          seen += records.length;
        });
        const all = { subtree: true, childList: true, attributes: true, characterData: true } as const;
        observer.observe(document, all);
        for (const { shadowRoot } of document.querySelectorAll('*')) if (shadowRoot) observer.observe(shadowRoot, all);
        await reader.answer({ type: 'article' });
        await reader.answer({ type: 'facts' });
        return seen + observer.takeRecords().length;
      });
      expect(changes).toBe(0);
      await page.close();
    }
  });
});

describe('what a page says of itself', () => {
  const facts = async (html: string) => (await read(`<!doctype html>${html}<p>Text.</p>`)).facts;

  test('[PAGE2] title, author, date and language', async () => {
    const expected: Record<string, Partial<ArticleReading['facts']>> = {
      news: {
        title: 'Harbour town votes to keep its last ferry',
        author: 'Maren Oduya, Piet Hallam',
        publishedAt: '2026-03-14T06:30:00+00:00',
        language: 'en-GB',
      },
      'long-form': { author: 'Ottoline Vance', publishedAt: '2025-11-30T08:00:00-05:00' },
      japanese: { title: '山あいの図書館、夜だけ開く理由', author: '高瀬 由紀', language: 'ja' },
      arabic: { title: 'سوق الكتب القديمة يعود إلى الميناء', author: 'ليلى حداد', language: 'ar' },
      code: { title: 'A bloom filter in forty lines', author: null, publishedAt: '2026-08-09', language: 'en' },
      recipe: { title: 'Linsensuppe mit Apfel', author: 'Grit Sommer', publishedAt: '2026-10-05', language: 'de' },
      qa: { title: 'Why does my pattern match an empty string?', author: null, publishedAt: null },
    };
    for (const [name, wanted] of Object.entries(expected)) expect((await read(name)).facts).toMatchObject(wanted);
  });

  test('[PAGE2] the address is the page’s own, unless it names one of the same site', async () => {
    expect((await read('shop')).facts.url).toBe(`${browser.url}/p/northwick-kettle`);
    expect((await read('news')).facts.url).toBe(`${browser.url}/news`);
    expect((await read('app')).facts.url).toBe(`${browser.url}/app`);
  });

  test('[PAGE2] an app that went on to another page is not taken for the one that it began with', async () => {
    const page = await browser.open('<link rel="canonical" href="/made/first"><title>App</title><p>Text.</p>');
    const url = () =>
      page.evaluate(async () => ((await reader.answer({ type: 'facts' })) as { facts: { url: string } }).facts.url);
    expect(await url()).toBe(`${browser.url}/made/first`);
    await page.evaluate(() => history.pushState(null, '', '/elsewhere?utm_source=x&tab=2#top'));
    expect(await url()).toBe(`${browser.url}/elsewhere?tab=2`);
    await page.close();
  });

  test('[PAGE6] whose pages differ by a parameter, it is the one in view, with nothing that was said of the other', async () => {
    const page = await browser.open(
      '<link rel="canonical" href="/made/watch?v=1"><meta name="author" content="Of the first"><title>Watch</title><p>Text.</p>',
    );
    const facts = async () => {
      const answer = await page.evaluate(() => reader.answer({ type: 'facts' }));
      return (answer as { facts: { url: string; author: string | null } }).facts;
    };
    const go = (address: string) => page.evaluate((to) => history.pushState(null, '', to), address);
    const first = new URL(page.url()).pathname;
    // A parameter of no meaning is no other page.
    await go(`${first}?utm_source=x`);
    expect(await facts()).toMatchObject({ url: `${browser.url}/made/watch?v=1`, author: 'Of the first' });
    await go('/made/watch?v=2&list=7');
    expect(await facts()).toMatchObject({ url: `${browser.url}/made/watch?v=2&list=7`, author: null });
    await page.$eval('link', (link) => link.setAttribute('href', '/made/watch?v=2'));
    expect(await facts()).toMatchObject({ url: `${browser.url}/made/watch?v=2`, author: 'Of the first' });
    await page.close();
  });

  test('[PAGE2] what is malformed, far too long or no such thing says nothing', async () => {
    expect(await facts('<title>  </title><script type="application/ld+json">{ nope</script>')).toMatchObject({
      title: new URL(browser.url).host,
      author: null,
      publishedAt: null,
      language: null,
    });
    const odd = await facts(
      `<html lang="not a language!"><title>${'x'.repeat(5_000)}</title><meta name="author" content="A\u202eB\n\tC"><meta property="article:published_time" content="yesterday">`,
    );
    expect(Array.from(odd.title)).toHaveLength(300);
    expect(odd).toMatchObject({ author: 'AB C', publishedAt: null, language: null });
    const linked = await facts(
      `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":{"x":1}},"datePublished":17,"headline":["a"]}</script><script type="application/ld+json">[null,1,{"@graph":[{"@type":"BlogPosting","author":"Ana","datePublished":"2026-02-30T25:00"}]}]</script>`,
    );
    expect(linked).toMatchObject({ author: 'Ana', publishedAt: null });
  });

  test('[PAGE2] dates are as exact as they are said', async () => {
    for (const [said, read] of [
      ['2026', '2026'],
      ['2026-03', '2026-03'],
      ['2026/03/14', '2026-03-14'],
      ['2026-03-14 06:30', '2026-03-14'],
      ['2026-03-14T06:30Z', '2026-03-14T06:30:00Z'],
      ['2026-03-14T06:30:15.123+0100', '2026-03-14T06:30:15+01:00'],
      ['14 March 2026', null],
      ['2026-13-01', null],
      ['0001-01-01', null],
    ]) {
      expect((await facts(`<meta name="date" content="${said}">`)).publishedAt).toBe(read);
    }
  });
});
