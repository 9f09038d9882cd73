import { type ReadonlySignal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Dictation, DictationDeps } from './dictation.ts';

/** What dictating needs, a chunk of its own. */
export interface LoadedVoice {
  readonly dictation: Dictation;
  /** What stands above the composer of this chat while its words are spoken. */
  readonly Bar: ComponentType<{ chatId: string }>;
  insertSpoken(text: string, caret: number, spoken: string): { text: string; caret: number };
}

export interface Voice {
  /** Null until it is needed. */
  readonly loaded: ReadonlySignal<LoadedVoice | null>;
  /** Fetches the chunk once. Rejects where it does not come; the next call tries again. */
  load(): Promise<LoadedVoice>;
}

export function createVoice(deps: DictationDeps): Voice {
  const loaded = signal<LoadedVoice | null>(null);
  let loading: Promise<LoadedVoice> | null = null;

  async function fetchChunk(): Promise<LoadedVoice> {
    try {
      const { setUpVoice } = await import('./set-up-voice.ts');
      const voice = setUpVoice(deps);
      loaded.value = voice;
      return voice;
    } catch (thrown) {
      loading = null;
      throw thrown;
    }
  }

  return {
    loaded,
    load() {
      loading ??= fetchChunk();
      return loading;
    },
  };
}
