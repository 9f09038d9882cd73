import { useId } from 'preact/hooks';
import './choice.css';
import { Icon } from './Icon.tsx';

interface ChoiceProps<T> {
  label: string;
  /** The values with what they are called. */
  choices: readonly (readonly [T, string])[];
  value: T;
  onChoose: (value: T) => void;
}

/** One of a few values, in one line with its label. */
export function Choice<T>({ label, choices, value, onChoose }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div class="choice">
      <label htmlFor={id}>{label}</label>
      <span class="choice-field">
        <select
          id={id}
          value={choices.findIndex(([each]) => each === value)}
          onChange={(event) => {
            const chosen = choices[event.currentTarget.selectedIndex];
            if (chosen !== undefined) onChoose(chosen[0]);
          }}
        >
          {choices.map(([, words], index) => (
            <option key={words} value={index}>
              {words}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </span>
    </div>
  );
}
