import type { ComponentChildren, Ref } from 'preact';
import './button.css';
import { Icon, type IconName } from './Icon.tsx';

interface ButtonProps {
  children: ComponentChildren;
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  type?: 'button' | 'submit';
  /** Under way: it stays in place and does not react. */
  busy?: boolean;
  wide?: boolean;
  onClick?: () => void;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button({
  children,
  look = 'plain',
  icon,
  type = 'button',
  busy = false,
  wide = false,
  onClick,
  buttonRef,
}: ButtonProps) {
  return (
    <button
      ref={buttonRef ?? null}
      type={type}
      class={`button ${look}${wide ? ' wide' : ''}`}
      aria-disabled={busy}
      aria-busy={busy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span class="button-label">{children}</span>
    </button>
  );
}
