import type { ComponentChildren } from 'preact';
import { CloseButton } from '../CloseButton.tsx';
import './bar.css';

/** The top of a screen; over a page it ends with the way out. */
export function Bar({ children, look = '' }: { children?: ComponentChildren; look?: string }) {
  return (
    <header class={`bar ${look}`}>
      {children ?? <span class="bar-space" />}
      <CloseButton />
    </header>
  );
}
