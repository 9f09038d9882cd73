import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startWebsite, type Website } from './support/pages.ts';
import { type Visitor, visit } from './support/people.ts';

/** What the built extension’s pages may load and reach. */
describe('[MSG6] the policy of extension pages', () => {
  const product = inject('product');
  let website: Website;
  let visitor: Visitor;

  beforeAll(async () => {
    website = await startWebsite();
    visitor = await visit(product, `${website.url}/article`);
    await visitor.panel.see('Sign in');
  });

  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
  });

  test('names the configured Supabase and nothing else, and allows nothing unsafe', () => {
    const manifest = JSON.parse(readFileSync(join(product.extensionDir, 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.content_security_policy)).toEqual(['extension_pages']);
    const policy: string = manifest.content_security_policy.extension_pages;
    const directives = Object.fromEntries(
      policy.split('; ').map((each) => [each.split(' ')[0], each.split(' ').slice(1)]),
    );
    expect(policy).not.toMatch(/unsafe|\*|strict-dynamic|wasm/);
    expect(directives['default-src']).toEqual(["'none'"]);
    expect(directives['script-src']).toEqual(["'self'"]);
    expect(directives['connect-src']).toEqual(["'self'", product.url, product.url.replace('http', 'ws')]);
    expect(directives['base-uri']).toEqual(["'none'"]);
    expect(directives['form-action']).toEqual(["'none'"]);
  });

  test('holds in the browser: other hosts and inline script are refused', async () => {
    const before = website.requests.length;
    const refused = await visitor.panel.frame.evaluate(async (url) => {
      const directives = new Set<string>();
      document.addEventListener('securitypolicyviolation', (event) => directives.add(event.effectiveDirective));
      await fetch(`${url}/fetched`).catch(() => {});
      const image = new Image();
      image.src = `${url}/image`;
      const script = document.createElement('script');
      script.textContent = 'globalThis.wasRun = 1';
      document.head.append(script);
      while (directives.size < 3) await new Promise(requestAnimationFrame);
      return { directives: [...directives].toSorted(), wasRun: 'wasRun' in globalThis };
    }, website.url);
    expect(refused).toEqual({
      directives: ['connect-src', 'img-src', 'script-src-elem'],
      wasRun: false,
    });
    expect(website.requests.slice(before)).toEqual([]);
  });
});
