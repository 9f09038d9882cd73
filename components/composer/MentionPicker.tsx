import { AI_NAME } from '../../lib/model/mentions.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Mark } from '../parts/Mark.tsx';
import './mention-picker.css';
import type { MentionChoice } from './mention-query.ts';

interface MentionPickerProps {
  id: string;
  choices: readonly MentionChoice[];
  /** Index of the choice that Enter takes. */
  active: number;
  onPick: (choice: MentionChoice) => void;
  onPoint: (index: number) => void;
}

/** Whom to mention. The focus stays in the text: the composer steers it by keys. */
export function MentionPicker({ id, choices, active, onPick, onPoint }: MentionPickerProps) {
  return (
    <div id={id} class="mention-picker" role="listbox" aria-label="Mention">
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the text field points to the active one by aria-activedescendant
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text field
        <div
          key={choice.handle}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerMove={() => onPoint(index)}
          // A press must not take the focus, nor the caret, out of the text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(choice)}
        >
          {choice.member === null ? <Mark size={20} /> : <Avatar person={choice.member} size={20} />}
          <span class="fading">
            <bdi>{choice.name}</bdi>
          </span>
          <span class="mention-handle">
            @{choice.handle}
            {choice.name === AI_NAME && choice.member === null && ', the AI'}
          </span>
        </div>
      ))}
    </div>
  );
}
