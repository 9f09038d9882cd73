import type { Chat, MessageTarget } from '../../lib/model/chat.ts';
import { mentionsAi } from '../../lib/model/mentions.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu } from '../parts/Menu.tsx';
import './target-menu.css';

interface TargetMenuProps {
  chat: Chat;
  target: MessageTarget;
  text: string;
  /** Whether the message answers something that the AI said: then it answers in turn. */
  isToAi: boolean;
  onTarget: (target: MessageTarget) => void;
}

/** Whether the AI answers this message. In a solo chat, and where the AI is off, there is nothing to choose. */
export function TargetMenu({ chat, target, text, isToAi, onTarget }: TargetMenuProps) {
  if (chat.kind === 'solo') return <p class="target-fixed">AI: always</p>;
  if (chat.replyMode === 'off') return <p class="target-fixed">AI: off in this group</p>;
  const usual = chat.replyMode === 'automatic' ? 'AI: when it helps' : 'AI: when mentioned';
  const willAnswer = target === 'default' && (isToAi || mentionsAi(text));
  const label = target === 'people' ? 'People only' : willAnswer ? 'AI: will answer' : usual;
  return (
    <Menu
      label={`Who answers: ${label}`}
      buttonClass="target-button"
      items={[
        {
          label: usual,
          hint: chat.replyMode === 'automatic' ? 'It joins in by itself, or on @ai' : 'Write @ai to ask it',
          checked: target === 'default',
          onChoose: () => onTarget('default'),
        },
        {
          label: 'People only',
          hint: 'The AI does not answer this message',
          checked: target === 'people',
          onChoose: () => onTarget('people'),
        },
      ]}
    >
      {label}
      <Icon name="chevron" />
    </Menu>
  );
}
