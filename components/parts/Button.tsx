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
  /** Not yet: something must be filled in first. */
  disabled?: boolean;
  /** Its name, where the words on it do not say enough; begins with them. */
  label?: string;
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
  disabled = false,
  label,
  onClick,
  buttonRef,
}: ButtonProps) {
  return (
    <button
      ref={buttonRef ?? null}
      type={type}
      class={`button ${look}${wide ? ' wide' : ''}`}
      aria-disabled={busy || disabled}
      aria-busy={busy}
      aria-label={label}
      onClick={(event) => {
        if (busy || disabled) event.preventDefault();
        else onClick?.();
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span class="button-label">{children}</span>
    </button>
  );
}
