import { Avatar } from '../parts/Avatar.tsx';
import { Icon } from '../parts/Icon.tsx';
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
          <ChoiceFace choice={choice} />
          <span class="fading">
            <bdi>{choice.name}</bdi>
          </span>
          <span class="mention-handle">
            @{choice.handle}
            {choice.kind === 'ai' && ', the AI'}
          </span>
        </div>
      ))}
    </div>
  );
}

function ChoiceFace({ choice }: { choice: MentionChoice }) {
  switch (choice.kind) {
    case 'ai':
      return <Mark size={20} />;
    case 'all':
      return <Icon name="people" />;
    case 'member':
      return <Avatar person={choice.member} size={20} />;
  }
}
