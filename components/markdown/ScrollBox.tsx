import type { ComponentChildren } from 'preact';

interface ScrollBoxProps {
  /** Inside a line of text only a span may stand. */
  as?: 'div' | 'span';
  class: string;
  label: string;
  children: ComponentChildren;
}

/** What may be wider than the panel scrolls in a box of its own, reachable by keyboard, named, and no landmark of the page. */
export function ScrollBox({ as: Tag = 'div', class: name, label, children }: ScrollBoxProps) {
  return (
    <Tag class={name} role="group" tabIndex={0} aria-label={label}>
      {children}
    </Tag>
  );
}
