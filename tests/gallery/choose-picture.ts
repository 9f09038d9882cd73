import type { Page } from 'puppeteer-core';

/** Gives the profile form a picture, white but for its dark left third. */
export async function choosePicture(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(600, 300);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 600, 300);
    context.fillStyle = '#123';
    context.fillRect(0, 0, 120, 300);
    const files = new DataTransfer();
    files.items.add(new File([await canvas.convertToBlob()], 'me.png', { type: 'image/png' }));
    const input = document.querySelector<HTMLInputElement>('[type=file]');
    if (input === null) throw new Error('no file field');
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.waitForSelector('.crop-stage');
}

/** Gives the profile form any file, as the file dialog would. */
export async function chooseFile(page: Page, content: string, type: string): Promise<void> {
  await page.$eval(
    '[type=file]',
    (element, text, kind) => {
      const files = new DataTransfer();
      files.items.add(new File([text], 'file', { type: kind }));
      (element as HTMLInputElement).files = files.files;
      element.dispatchEvent(new Event('change', { bubbles: true }));
    },
    content,
    type,
  );
}
