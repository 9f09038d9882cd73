import { type ReadonlySignal, signal } from '@preact/signals';
import { toFailure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'failure';
}

/** One short sentence at a time, at the bottom of the panel. */
export interface Toaster {
  readonly toast: ReadonlySignal<Toast | null>;
  show(text: string): void;
  /** Words what a request was rejected with. Ends silently when the panel itself is ending. */
  showFailure(thrown: unknown): void;
  dismiss(): void;
}

/** Long enough to read the longest of our sentences twice. */
const SHOWN_FOR = 7_000;

export function createToaster(ended: AbortSignal): Toaster {
  const toast = signal<Toast | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = 0;

  function put(text: string, tone: Toast['tone']): void {
    clearTimeout(timer);
    toast.value = { id: ++lastId, text, tone };
    timer = setTimeout(dismiss, SHOWN_FOR);
  }

  function dismiss(): void {
    clearTimeout(timer);
    toast.value = null;
  }

  ended.addEventListener('abort', dismiss);
  return {
    toast,
    show: (text) => put(text, 'plain'),
    showFailure(thrown) {
      if (!ended.aborted) put(failureText(toFailure(thrown)), 'failure');
    },
    dismiss,
  };
}
