import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';
import './menu.css';
import { placeMenu } from './place-menu.ts';
import { useLayer } from './use-layer.ts';
import { useOutside } from './use-outside.ts';

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

/** A button that opens a list of things to do or choose. Escape, a click beside it and leaving it by Tab close it. */
export function Menu({ label, buttonClass, children, items, head }: MenuProps) {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }
  useLayer(open, close);
  useOutside(place, open, () => setOpen(false));

  return (
    <div
      ref={place}
      class="menu-place"
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && !place.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && <OpenMenu label={label} items={items} head={head} button={button.current} onChosen={close} />}
    </div>
  );
}

interface OpenMenuProps extends Pick<MenuProps, 'label' | 'items' | 'head'> {
  button: HTMLElement | null;
  onChosen: () => void;
}

function OpenMenu({ label, items, head, button, onChosen }: OpenMenuProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (menu.current === null || button === null) return;
    placeMenu(menu.current, button);
    const find = (selector: string) => menu.current?.querySelector<HTMLElement>(selector);
    (find('[aria-checked=true]') ?? find('[role^=menuitem]'))?.focus();
  }, [button]);

  function handleKey(event: KeyboardEvent): void {
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all.at(next % all.length)?.focus();
  }

  return (
    <div ref={menu} class="menu">
      {head}
      <div role="menu" aria-label={label} onKeyDown={handleKey}>
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
              onChosen();
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
  );
}
