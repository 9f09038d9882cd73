import { sniff } from './sniff.ts';

/** How a file that came is shown: by its bytes, whatever its sender says it is. Everything else is only saved. */
export type Shown = { readonly as: 'picture' | 'sound'; readonly blob: Blob } | { readonly as: 'nothing' };

/** What a browser draws without running any of it: SVG, HTML and PDF are not among them. */
const PICTURES = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
]);
const SOUNDS =
  /^(audio\/(mpeg|mp4|x-m4a|aac|ogg|opus|wav|vnd\.wave|x-wav|webm|flac|x-flac)|video\/webm|application\/ogg)(;|$)/;

export async function howToShow(bytes: Blob, said: string): Promise<Shown> {
  const type = await sniff(bytes);
  if (PICTURES.has(type)) return { as: 'picture', blob: new Blob([bytes], { type }) };
  // A WebM file may hold pictures, too: what its sender calls sound is played as sound.
  if (SOUNDS.test(type) && said.startsWith('audio/')) return { as: 'sound', blob: new Blob([bytes], { type }) };
  return { as: 'nothing' };
}
