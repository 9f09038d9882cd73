import type { Chat, MessageTarget, ReplyMode } from '../../lib/model/chat.ts';
import { mentionsAi } from '../../lib/model/mentions.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { Menu, type MenuItem } from '../parts/Menu.tsx';
import './target-menu.css';

interface TargetMenuProps {
  chat: Chat;
  target: MessageTarget;
  text: string;
  /** Whether the message answers something that the AI said: then it answers in turn. */
  isToAi: boolean;
  onTarget: (target: MessageTarget) => void;
}

const MODES: Record<ReplyMode, { readonly label: string; readonly hint: string }> = {
  automatic: { label: 'AI: when it helps', hint: 'It joins in by itself, or on @ai' },
  mention: { label: 'AI: when mentioned', hint: 'Write @ai to ask it' },
  off: { label: 'AI: off in this group', hint: 'It does not answer anybody' },
};

/** When the AI answers: in this group for everyone, and whether for this message. In a solo chat there is nothing to choose. */
export function TargetMenu({ chat, target, text, isToAi, onTarget }: TargetMenuProps) {
  const { client, toaster } = usePanel();
  if (chat.kind === 'solo') return <p class="target-fixed">AI: always</p>;
  const { replyMode } = chat;
  const willAnswer = target === 'default' && replyMode !== 'off' && (isToAi || mentionsAi(text));
  const label = target === 'people' ? 'People only' : willAnswer ? 'AI: will answer' : MODES[replyMode].label;

  function choose(mode: ReplyMode): void {
    onTarget('default');
    if (mode !== replyMode) client.request('setReplyMode', { chatId: chat.id, mode }).catch(toaster.showFailure);
  }

  const modes = (Object.keys(MODES) as ReplyMode[]).map(
    (mode): MenuItem => ({
      ...MODES[mode],
      checked: target === 'default' && mode === replyMode,
      onChoose: () => choose(mode),
    }),
  );
  const peopleOnly: MenuItem = {
    label: 'People only',
    hint: 'The AI does not answer this message',
    checked: target === 'people',
    onChoose: () => onTarget('people'),
  };
  return (
    <Menu
      label={`Who answers: ${label}`}
      buttonClass="target-button"
      items={replyMode === 'off' ? modes : [...modes, peopleOnly]}
      head={<p class="target-head">When the AI answers in this group, for everyone</p>}
    >
      {label}
      <Icon name="chevron" />
    </Menu>
  );
}
