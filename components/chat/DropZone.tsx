import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import './drop-zone.css';

/** A chat that takes files dropped anywhere on it. */
export function DropZone({ chatId, children }: { chatId: string; children: ComponentChildren }) {
  const { staging } = usePanel();
  const [isOver, setIsOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button for adding files does the same
    <div
      class="drop-zone"
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setIsOver(false);
      }}
      onDrop={(event) => {
        setIsOver(false);
        const files = event.dataTransfer?.files;
        if (files === undefined || files.length === 0) return;
        event.preventDefault();
        void staging.add(chatId, files);
      }}
    >
      {children}
      {isOver && <p class="drop-hint">Drop files to add them to your message</p>}
    </div>
  );
}
