import { useId } from 'preact/hooks';
import './text-field.css';

interface TextAreaProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  rows: number;
  placeholder?: string;
  /** What helps to fill it in; announced with the field. */
  hint?: string;
  /** Why what stands in it cannot be used. */
  problem?: string | null;
}

/** A field for several lines. */
export function TextArea({ label, value, onInput, rows, placeholder = '', hint, problem = null }: TextAreaProps) {
  const id = useId();
  const words = problem ?? hint;
  return (
    <div class="text-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        dir="auto"
        rows={rows}
        placeholder={placeholder}
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={words === undefined ? undefined : `${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {words !== undefined && (
        <p id={`${id}-hint`} class={problem === null ? 'hint' : 'hint problem'}>
          {words}
        </p>
      )}
    </div>
  );
}
