import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isolatedWorlds } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { createPerson, signIn, type Visitor, visit } from './support/people.ts';

/** A page that took over the renderer could speak as the content script in it: that must not lead to the session. */
describe('[SAFE4] a session', () => {
  const product = inject('product');
  let website: Website;
  let visitor: Visitor;

  beforeAll(async () => {
    website = await startWebsite();
    const ana = await createPerson(product, 'Ana');
    visitor = await visit(product, `${website.url}/article`);
    await signIn(visitor.panel, ana.email);
    await visitor.panel.see('New group');
  });

  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
  });

  test('is in the extension’s own store', async () => {
    const worker = await visitor.person.worker();
    expect(JSON.stringify(await worker.evaluate(readStores))).toMatch(/"access_?token"|"refresh_?token"/i);
  });

  test('is in none of the storage that the content script on a page reaches', async () => {
    const worlds = await isolatedWorlds(visitor.page);
    expect(worlds.length).toBeGreaterThan(0);
    for (const evaluate of worlds) {
      const reached = await evaluate(`(async () => {
        const get = (area) => area?.get(null).then((all) => all, (error) => 'refused: ' + error.message) ?? 'not there';
        return JSON.stringify({
          local: await get(chrome.storage?.local), session: await get(chrome.storage?.session), sync: await get(chrome.storage?.sync),
          databases: await indexedDB.databases(),
        });
      })()`);
      const { databases, ...stored } = JSON.parse(reached) as Record<string, unknown>;
      expect(databases).toEqual([]);
      for (const area of ['local', 'session']) expect(stored[area], area).toMatch(/^refused|^not there/);
      expect(JSON.stringify(stored)).not.toMatch(/token|eyJ|@e2e\.example/i);
    }
  });
});

/** Runs in the worker: all that its databases hold. */
async function readStores(): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { name } of await indexedDB.databases()) {
    const open = indexedDB.open(name ?? '');
    const database = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      await new Promise((resolve) => {
        all.onsuccess = resolve;
      });
      found.push(...all.result);
    }
    database.close();
  }
  return found;
}
