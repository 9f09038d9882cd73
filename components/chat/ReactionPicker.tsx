import { useState } from 'preact/hooks';
import { emojiGrid } from '../emoji/emoji-grid.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { Popover } from '../parts/Popover.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useLazy } from '../parts/use-lazy.ts';
import './reaction-picker.css';

const USUAL = [
  { emoji: '👍', name: 'thumbs up' },
  { emoji: '❤️', name: 'heart' },
  { emoji: '😂', name: 'tears of joy' },
  { emoji: '🎉', name: 'party' },
  { emoji: '😮', name: 'surprised' },
  { emoji: '😢', name: 'sad' },
] as const;

interface ReactionPickerProps {
  buttonClass: string;
  onPick: (emoji: string) => void;
}

/** A button that offers the usual reactions, and behind them all others. */
export function ReactionPicker({ buttonClass, onPick }: ReactionPickerProps) {
  return (
    <Popover icon="react" label="React" buttonClass={buttonClass}>
      {(close) => (
        <Choices
          onPick={(emoji) => {
            close();
            onPick(emoji);
          }}
        />
      )}
    </Popover>
  );
}

function Choices({ onPick }: Pick<ReactionPickerProps, 'onPick'>) {
  const [all, setAll] = useState(false);
  const grid = useLazy(all ? emojiGrid : null);
  if (all)
    return grid === null ? <Skeleton rows={3} label="Emoji are being loaded" /> : <grid.EmojiGrid onPick={onPick} />;
  return (
    <div class="usual-reactions">
      {USUAL.map(({ emoji, name }, index) => (
        <button
          key={emoji}
          type="button"
          class="usual-reaction"
          aria-label={`React with ${name}`}
          data-focus={index === 0 ? '' : undefined}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </button>
      ))}
      <IconButton icon="plus" label="All emoji" onClick={() => setAll(true)} />
    </div>
  );
}
