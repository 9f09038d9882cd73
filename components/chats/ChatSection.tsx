import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ChatSummary } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { ChatRow } from './ChatRow.tsx';

interface ChatSectionProps {
  title: string;
  chats: readonly ChatSummary[];
  isFiltered: boolean;
  action: string;
  onAction: () => void;
  /** Stands there while the section has no chats. */
  children: ComponentChildren;
}

/** Chats of one kind, and the way to another one. */
export function ChatSection({ title, chats, isFiltered, action, onAction, children }: ChatSectionProps) {
  const current = usePanel().chatId.value;
  if (isFiltered && chats.length === 0) return null;
  return (
    <section aria-label={title}>
      <header class="chat-section-head">
        <h2>{title}</h2>
        <IconButton icon="plus" label={action} onClick={onAction} />
      </header>
      {chats.length === 0 && <p class="chat-hint">{children}</p>}
      <ul>
        {chats.map((chat) => (
          <ChatRow key={chat.id} chat={chat} isCurrent={chat.id === current} />
        ))}
      </ul>
    </section>
  );
}

/** What was put away: folded, unless something is looked for or one of it is shown. */
export function ArchivedSection({ chats, isFiltered }: { chats: readonly ChatSummary[]; isFiltered: boolean }) {
  const current = usePanel().chatId.value;
  const [unfolded, setUnfolded] = useState(false);
  if (chats.length === 0) return null;
  const isOpen = unfolded || isFiltered;
  return (
    <section aria-label="Archived">
      <h2 class="chat-section-head">
        <button type="button" class="chat-fold" aria-expanded={isOpen} onClick={() => setUnfolded(!isOpen)}>
          <Icon name="chevron" />
          Archived
          <span class="chat-fold-count">{chats.length}</span>
        </button>
      </h2>
      {isOpen && (
        <ul>
          {chats.map((chat) => (
            <ChatRow key={chat.id} chat={chat} isCurrent={chat.id === current} />
          ))}
        </ul>
      )}
    </section>
  );
}
