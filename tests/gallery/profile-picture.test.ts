import type { KeyInput } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { chooseFile, choosePicture } from './choose-picture.ts';
import { useLivePanel } from './live-panel.ts';

const panel = useLivePanel();

describe('[INV8] the picture of a profile', () => {
  const saved = async () => (await panel.asked('saveProfile')) as { avatar: { kind: string; dataUrl: string } }[];

  async function saveWith(...keys: KeyInput[]): Promise<string> {
    await panel.open('profile');
    await choosePicture(panel.page);
    for (const key of keys) await panel.page.keyboard.press(key);
    await panel.page.click('.sheet > footer button');
    await panel.page.waitForSelector('.avatar-field img');
    await panel.page.click('[type=submit]');
    await panel.tell();
    return (await saved())[0]?.avatar.dataUrl ?? '';
  }

  /** Its size, and whether it is dark at its left edge, where the chosen picture is, or light, where it is not. */
  const measure = (dataUrl: string) =>
    panel.page.evaluate(async (url) => {
      const picture = await createImageBitmap(await (await fetch(url)).blob());
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      context?.drawImage(picture, 0, 0);
      const [red = 0] = context?.getImageData(2, 160, 1, 1).data ?? [];
      return { width: picture.width, height: picture.height, isDark: red < 128 };
    }, dataUrl);

  test('is stored as a small square, out of the middle at first', async () => {
    const dataUrl = await saveWith();
    expect(dataUrl).toMatch(/^data:image\/webp;base64,/);
    expect(dataUrl.length).toBeLessThan(256 * 1024);
    expect(await measure(dataUrl)).toEqual({ width: 320, height: 320, isDark: false });
  });

  test('can be moved by keys', async () => {
    const keys = Array.from({ length: 40 }, (): KeyInput => 'ArrowRight');
    expect((await measure(await saveWith(...keys))).isDark).toBe(true);
  });

  test('can be zoomed and dragged', async () => {
    await panel.open('profile');
    await choosePicture(panel.page);
    const stage = await panel.page.waitForSelector('.crop-stage canvas');
    const box = await stage?.boundingBox();
    if (!box) throw new Error('no stage');
    const zoom = () => panel.page.$eval('.crop-zoom input', (range) => (range as HTMLInputElement).valueAsNumber);
    await panel.page.mouse.move(box.x + 100, box.y + 100);
    await panel.page.mouse.wheel({ deltaY: -300 });
    await panel.page.waitForFunction(
      () => Number(document.querySelector<HTMLInputElement>('.crop-zoom input')?.value) > 1.2,
    );
    expect(await zoom()).toBeLessThanOrEqual(4);
    const leftEdge = () => stage?.evaluate((canvas) => canvas.getContext('2d')?.getImageData(4, 256, 1, 1).data[0], {});
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + 1200, box.y + 100, { steps: 5 });
    await panel.page.mouse.up();
    expect(await leftEdge()).toBeLessThan(128);
  });

  test('that is none is told, and the form goes on', async () => {
    await panel.open('profile');
    await chooseFile(panel.page, 'not a picture', 'text/plain');
    await panel.page.waitForFunction(() => document.body.innerText.includes('This picture cannot be opened'));
    await panel.page.click('[type=submit]');
    expect(await saved()).toMatchObject([{ avatar: { kind: 'generated' } }]);
  });
});
