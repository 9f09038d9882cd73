import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { createGroup, createPerson, must, signIn, type Visitor, visit } from './support/people.ts';
import { PLACE, photoWithPlace } from './support/photo.ts';

interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly content_type: string;
  readonly width: number | null;
  readonly height: number | null;
}

describe('[MSG9] files in the built extension', () => {
  const product = inject('product');
  const folder = temporaryFolder();
  let website: Website;
  let visitor: Visitor;
  let ana: Awaited<ReturnType<typeof createPerson>>;
  let chatId: string;

  beforeAll(async () => {
    website = await startWebsite();
    ana = await createPerson(product, 'Ana');
    ({ chatId } = await createGroup(ana, 'Photos'));
    visitor = await visit(product, `${website.url}/article`);
    await visitor.panel.frame.evaluate(() => {
      const refused: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.violatedDirective));
      Object.assign(globalThis, { refused });
    });
    await signIn(visitor.panel, ana.email);
    await visitor.panel.see('Photos');
    await visitor.panel.frame.locator('.chat-row').click();
    await visitor.panel.frame.waitForSelector('.composer');
  });

  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
    folder.remove();
  });

  function onDisk(name: string, bytes: Uint8Array | string): string {
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return path;
  }

  async function choose(...paths: string[]): Promise<void> {
    const input = (await visitor.panel.frame.$('.composer input[type=file]')) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(...paths);
  }

  async function send(count: number): Promise<readonly SentFile[]> {
    const { frame } = visitor.panel;
    await frame.waitForFunction(
      (wanted) => document.querySelectorAll('.staged-file[data-state=ready]').length === wanted,
      {},
      count,
    );
    const before = (await frame.$$('.member-message:not([data-pending=true])')).length;
    await frame.locator('.send-button').click();
    await frame.waitForFunction(
      (seen) => document.querySelectorAll('.member-message:not([data-pending=true])').length === seen + 1,
      {},
      before,
    );
    const rows = await must(
      ana.client
        .from('messages')
        .select('attachments')
        .eq('chat_id', chatId)
        .order('seq', { ascending: false })
        .limit(1),
    );
    return (rows as { attachments: SentFile[] }[])[0]?.attachments ?? [];
  }

  async function download(id: string): Promise<Buffer> {
    const blob = await must(ana.client.storage.from('attachments').download(`${chatId}/${id}`));
    return Buffer.from(await (blob as Blob).arrayBuffer());
  }

  test('a photo goes out without its place, the right way up, and is shown', async () => {
    const photo = await photoWithPlace(visitor.page);
    expect(photo.includes(PLACE)).toBe(true);
    // Called something else, it is a picture all the same.
    await choose(onDisk('holiday.txt', photo));
    const [sent] = await send(1);
    expect(sent).toMatchObject({ content_type: 'image/jpeg', width: 40, height: 60 });
    for (const id of [sent?.id, `${sent?.id}.thumb`]) {
      const bytes = await download(id ?? '');
      expect(bytes.includes(PLACE)).toBe(false);
      expect(bytes.includes('Exif')).toBe(false);
    }
    const { frame } = visitor.panel;
    await frame.waitForFunction(
      () => (document.querySelector('.attachment-picture img') as HTMLImageElement | null)?.naturalHeight === 60,
    );
    await frame.locator('.attachment-picture').click();
    await frame.waitForFunction(
      () => (document.querySelector('.attachment-whole') as HTMLImageElement | null)?.naturalHeight === 60,
    );
    await visitor.page.keyboard.press('Escape');
  });

  test('SVG and HTML are never shown, whatever they say they are', async () => {
    const script = '<script>globalThis.wasRun = 1</script>';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`;
    await choose(onDisk('drawing.png', svg), onDisk('page.pdf', `<!doctype html>${script}`));
    const sent = await send(2);
    expect(sent.map(({ content_type }) => content_type)).not.toContain('image/png');
    const { frame } = visitor.panel;
    for (const { name } of sent) {
      await frame.locator(`.attachment-file[title="${name}"]`).click();
      await frame.waitForSelector('.attachment-plain');
      expect(await frame.$('.sheet img, .sheet iframe, .sheet object')).toBeNull();
      await visitor.page.keyboard.press('Escape');
      await frame.waitForFunction(() => document.querySelector('.sheet') === null);
    }
    expect(await frame.evaluate(() => 'wasRun' in globalThis)).toBe(false);
  });

  test('pasted and dropped files are added, and one too large is told with its name', async () => {
    const { frame } = visitor.panel;
    await frame.evaluate(() => {
      const transfer = (name: string, size: number) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(size).fill(1)], name));
        return data;
      };
      const field = document.querySelector('.composer textarea');
      field?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer('pasted.bin', 10), bubbles: true, cancelable: true }),
      );
      const zone = document.querySelector('.drop-zone');
      zone?.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer('dropped.bin', 10), bubbles: true, cancelable: true }),
      );
      field?.dispatchEvent(
        new ClipboardEvent('paste', {
          clipboardData: transfer('huge.bin', 25 * 1024 * 1024 + 1),
          bubbles: true,
          cancelable: true,
        }),
      );
    });
    await visitor.panel.see('huge.bin: A file has up to 25 MB');
    expect((await send(2)).map(({ name }) => name).sort()).toEqual(['dropped.bin', 'pasted.bin']);
  });

  test('[MSG4] any emoji is found and given, and the extension’s policy has nothing to refuse', async () => {
    const { frame } = visitor.panel;
    await frame.hover('.member-message');
    await frame.locator('.member-message:hover [aria-label=React]').click();
    await frame.locator('[aria-label="All emoji"]').click();
    await frame.waitForSelector('.emoji-cells');
    const columns = await frame.$eval(
      '.emoji-cells',
      (cells) => getComputedStyle(cells).gridTemplateColumns.split(' ').length,
    );
    expect(columns).toBe(8);
    await frame.type('.emoji-search', 'octopus');
    await frame.locator('.emoji').click();
    await frame.waitForSelector('.reaction[aria-pressed=true]');
    expect(await frame.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)).toEqual([]);
  });
});
