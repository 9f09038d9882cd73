import type { ComponentChildren, InputHTMLAttributes, Ref } from 'preact';
import { useId } from 'preact/hooks';
import './text-field.css';

type NativeProps = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'autocomplete' | 'autocapitalize' | 'dir' | 'inputMode' | 'maxLength' | 'placeholder' | 'spellcheck'
>;

interface TextFieldProps extends NativeProps {
  type?: 'text' | 'email' | 'password' | 'time' | 'date';
  /** Gets the focus when its sheet opens. */
  isFirst?: boolean;
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** What helps to fill it in; announced with the field. */
  hint?: ComponentChildren;
  /** Why what stands in it cannot be used. */
  problem?: string | null;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  value,
  onInput,
  hint,
  problem = null,
  type = 'text',
  inputRef,
  isFirst,
  ...rest
}: TextFieldProps) {
  const id = useId();
  const hasHint = hint !== undefined || problem !== null;
  return (
    <div class="text-field">
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        // Preact types each kind of input by itself; of those meant here any will do.
        type={type as 'text'}
        ref={inputRef ?? null}
        id={id}
        data-focus={isFirst}
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={hasHint ? `${id}-hint` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hasHint && (
        <p id={`${id}-hint`} class={problem === null ? 'hint' : 'hint problem'}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}
