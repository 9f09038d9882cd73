import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';
import './menu.css';
import { placeMenu } from './place-menu.ts';

export interface MenuItem {
  readonly label: string;
  readonly hint?: string;
  readonly icon?: IconName;
  /** For items of which one is chosen. */
  readonly checked?: boolean;
  onChoose(): void;
}

interface MenuProps {
  /** What the button is called. */
  label: string;
  buttonClass: string;
  children: ComponentChildren;
  items: readonly MenuItem[];
  /** Stands above the items. */
  head?: ComponentChildren;
}

/** A button that opens a list of things to do or choose. Arrow keys walk through it, Escape and a click beside it close it. */
export function Menu({ label, buttonClass, children, items, head }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  function handleKeys(event: KeyboardEvent): void {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all.at(next % all.length)?.focus();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popovertarget={id}
        title={label}
      >
        {children}
      </button>
      <div
        ref={list}
        id={id}
        class="menu"
        popover="auto"
        onBeforeToggle={(event) => {
          if (event.newState === 'open' && button.current !== null) placeMenu(event.currentTarget, button.current);
        }}
        onToggle={(event) => {
          const isOpen = event.newState === 'open';
          setOpen(isOpen);
          if (isOpen) event.currentTarget.querySelector<HTMLElement>('[aria-checked=true], [role^=menuitem]')?.focus();
        }}
      >
        {head}
        <div role="menu" aria-label={label} onKeyDown={handleKeys}>
          {items.map((item) => (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it is set only together with the role that knows it
            <button
              key={item.label}
              type="button"
              class="menu-item"
              role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.checked}
              tabIndex={-1}
              onClick={() => {
                list.current?.hidePopover();
                button.current?.focus();
                item.onChoose();
              }}
            >
              {item.icon !== undefined && <Icon name={item.icon} />}
              <span class="menu-words">
                {item.label}
                {item.hint !== undefined && <span class="menu-hint">{item.hint}</span>}
              </span>
              {item.checked === true && <Icon name="check" />}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}
