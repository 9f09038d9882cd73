import type { ComponentChildren } from 'preact';
import { Bar } from './Bar.tsx';
import './plain-screen.css';

/** A screen with one thing to do, in its middle. */
export function PlainScreen({ children }: { children: ComponentChildren }) {
  return (
    <main class="plain-screen">
      <Bar />
      <div class="plain-content">{children}</div>
    </main>
  );
}
