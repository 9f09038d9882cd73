import type { ComponentChildren } from 'preact';
import './check-field.css';

interface CheckFieldProps {
  label: string;
  /** What it means, in a line below. */
  hint: ComponentChildren;
  checked: boolean;
  /** Asked to turn it. It shows `checked` until that says otherwise. */
  onChange: (checked: boolean) => void;
  busy?: boolean;
  /** For what is of its own in one place. */
  class?: string;
}

/** A box to tick, with a hint below its label. */
export function CheckField({ label, hint, checked, onChange, busy = false, class: own = '' }: CheckFieldProps) {
  return (
    <label class={`check-field ${own}`}>
      <input
        type="checkbox"
        checked={checked}
        aria-busy={busy}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          event.currentTarget.checked = checked;
          if (!busy) onChange(wanted);
        }}
      />
      <span>
        {label}
        <span class="hint">{hint}</span>
      </span>
    </label>
  );
}
