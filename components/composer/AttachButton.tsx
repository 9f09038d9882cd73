import { useRef } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { IconButton } from '../parts/IconButton.tsx';

/** Chooses files for the message being written. */
export function AttachButton({ chatId }: { chatId: string }) {
  const { staging } = usePanel();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="clip" label="Add files" onClick={() => input.current?.click()} />
      <input
        ref={input}
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
    </>
  );
}
