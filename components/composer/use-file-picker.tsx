import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';

/** Chooses files for the message being written. `input` is to stand somewhere beside what opens it. */
export function useFilePicker(chatId: string): { readonly input: JSX.Element; open(): void } {
  const { staging } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  return {
    open: () => field.current?.click(),
    input: (
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Files to add"
        onChange={(event) => {
          const { files } = event.currentTarget;
          void staging.add(chatId, files ?? []);
          event.currentTarget.value = '';
        }}
      />
    ),
  };
}
