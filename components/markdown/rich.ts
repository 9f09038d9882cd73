import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** A Markdown text as elements; one that is still being written is read in parts. */
export type RichTextComponent = ComponentType<{ text: string; isGrowing: boolean }>;

/** What shows Markdown, a chunk of its own; null until it is here. */
export const rich = signal<RichTextComponent | null>(null);

let isAsked = false;

/** Fetches the Markdown chunk. Where it does not come, texts stay plain and the next call tries again. */
export function loadRich(): void {
  if (isAsked) return;
  isAsked = true;
  import('./RichText.tsx').then(
    ({ RichText }) => {
      rich.value = RichText;
    },
    () => {
      isAsked = false;
    },
  );
}
