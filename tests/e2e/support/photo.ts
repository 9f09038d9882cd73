import type { Page } from 'puppeteer-core';

/** What a camera notes and nobody is to read: looked for in what was sent. */
export const PLACE = '52.5163N 13.3777E Brandenburg Gate';

/** A JPEG of 60 × 40 pixels that is to be turned by a quarter (so 40 × 60 to the eye), with its place noted in EXIF. */
export async function photoWithPlace(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.fillStyle = '#35607d';
    context.fillRect(0, 0, 60, 40);
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
  });
  const jpeg = Buffer.from(base64, 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), exifSegment(), jpeg.subarray(2)]);
}

/** An APP1 segment with two entries: orientation 6, and a description. */
function exifSegment(): Buffer {
  const text = Buffer.from(`${PLACE}\0`, 'latin1');
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  writeEntry(tiff, 10, { tag: 0x010e, type: 2, count: text.length, value: tiff.length });
  writeEntry(tiff, 22, { tag: 0x0112, type: 3, count: 1, value: 6 });
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, text]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: number;
}

function writeEntry(tiff: Buffer, at: number, { tag, type, count, value }: Entry): void {
  tiff.writeUInt16LE(tag, at);
  tiff.writeUInt16LE(type, at + 2);
  tiff.writeUInt32LE(count, at + 4);
  tiff.writeUInt32LE(value, at + 8);
}
