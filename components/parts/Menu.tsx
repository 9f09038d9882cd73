import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';
import './menu.css';
import { Opener } from './Opener.tsx';
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

/** A button that opens a list of things to do or choose. */
export function Menu({ label, buttonClass, children, items, head }: MenuProps) {
  return (
    <Opener label={label} buttonClass={buttonClass} opens="menu" face={children}>
      {(button, close) => <OpenMenu label={label} items={items} head={head} button={button} onChosen={close} />}
    </Opener>
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
    <div ref={menu} class="opened menu">
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
