import { AI_REACTOR, type Message, type Reaction } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { withoutPeople } from '../../lib/model/reactions.ts';
import { usePanel } from '../panel/panel-context.ts';
import { ReactionPicker } from './ReactionPicker.tsx';
import './reactions.css';

interface ReactionsProps {
  message: Message;
  people: ChatView['people'];
  meId: string;
}

/** The reactions below a message, but those of blocked people. A click joins one, or takes one's own back. */
export function Reactions({ message, people, meId }: ReactionsProps) {
  const react = useReact(message, meId);
  const reactions = withoutPeople(message.reactions, usePanel().blocked.value);
  if (reactions.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: these are buttons side by side, not fields of a form
    <div class="reactions" role="group" aria-label="Reactions">
      {reactions.map((reaction) => {
        const isMine = reaction.userIds.includes(meId);
        const who = reactionWords(reaction, people, meId);
        return (
          <button
            key={reaction.emoji}
            type="button"
            class="reaction"
            aria-pressed={isMine}
            aria-label={`${reaction.emoji} ${reaction.userIds.length}, ${who}`}
            title={who}
            onClick={() => react(reaction.emoji, !isMine)}
          >
            <span class="reaction-emoji">{reaction.emoji}</span>
            <span class="reaction-count">{reaction.userIds.length}</span>
          </button>
        );
      })}
      <ReactionPicker buttonClass="reaction add" onPick={(emoji) => react(emoji, true)} />
    </div>
  );
}

/** Reacts to a message as this person, and says why if that fails. */
export function useReact(message: Message, meId: string): (emoji: string, on: boolean) => void {
  const { client, toaster } = usePanel();
  return (emoji, on) => {
    client.react(message, { emoji, userId: meId, on }).catch(toaster.showFailure);
  };
}

/** Names are told for so many; the others are counted. */
const NAMED = 3;

/** Who reacted: `you, Ana and 2 others`. */
export function reactionWords({ userIds }: Reaction, people: ChatView['people'], meId: string): string {
  const names = [...userIds]
    .sort((a, b) => Number(b === meId) - Number(a === meId))
    .map((id) => (id === meId ? 'you' : id === AI_REACTOR ? AI_NAME : (people[id]?.displayName ?? 'somebody')));
  const others = names.length - NAMED;
  const told = others > 1 ? [...names.slice(0, NAMED), `${others} others`] : names;
  return new Intl.ListFormat('en').format(told);
}
