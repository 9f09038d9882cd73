import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ChatSummary } from '../../lib/model/chat.ts';
import { newId } from '../../lib/model/ids.ts';
import { isSearchable, parseSearch } from '../../lib/model/search.ts';
import { AccountMenu } from '../account/AccountMenu.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { Bar } from '../parts/Bar.tsx';
import { Button } from '../parts/Button.tsx';
import { Drawing } from '../parts/Drawing.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { Mark } from '../parts/Mark.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { sectionsOf } from './chat-list.ts';
import './chat-list.css';
import { ChatRow } from './ChatRow.tsx';
import { ChatSearch } from './ChatSearch.tsx';
import { FoundMessages } from './FoundMessages.tsx';

/** All chats of a person, and the way to new ones. */
export function ChatList() {
  const panel = usePanel();
  const [query, setQuery] = useState('');
  const starting = useRef(false);
  const app = panel.app.value;
  const session = app?.session;
  if (app === null || session?.name !== 'signed-in') return null;
  const { groups, mine } = sectionsOf(app.chats, query);
  const openGroupSheet = () => panel.openSheet('new-group');

  async function startSolo(): Promise<void> {
    if (starting.current) return;
    starting.current = true;
    const id = newId();
    try {
      await panel.client.request('createChat', { id, kind: 'solo', title: '' });
      panel.client.watch(id);
    } catch (thrown) {
      panel.toaster.showFailure(thrown);
    } finally {
      starting.current = false;
    }
  }

  return (
    <nav class="chat-list" aria-label="Chats">
      <Bar>
        <Mark size={20} />
        <h1>Sideroom</h1>
        <AccountMenu me={session.me} email={session.email} />
      </Bar>
      {!app.chatsLoaded && <Skeleton rows={4} label="Your chats are being loaded" />}
      {app.chatsLoaded && app.chats.length === 0 && <NoChats onGroup={openGroupSheet} onSolo={startSolo} />}
      {app.chatsLoaded && app.chats.length > 0 && (
        <>
          <ChatSearch query={query} onQuery={setQuery} />
          <div class="chat-sections">
            {groups.length + mine.length === 0 && !isSearchable(parseSearch(query)) ? (
              <p class="chat-none" role="status">
                No chat is called “{query.trim()}”.
              </p>
            ) : (
              <>
                <ChatSection
                  title="Groups"
                  chats={groups}
                  isFiltered={query !== ''}
                  action="New group"
                  onAction={openGroupSheet}
                >
                  Talk with up to 20 people about what you read.
                </ChatSection>
                <ChatSection
                  title="Mine"
                  chats={mine}
                  isFiltered={query !== ''}
                  action="New chat with the AI"
                  onAction={startSolo}
                >
                  Ask the AI something, just between you two.
                </ChatSection>
                <FoundMessages typed={query} />
              </>
            )}
          </div>
        </>
      )}
    </nav>
  );
}

interface ChatSectionProps {
  title: string;
  chats: readonly ChatSummary[];
  isFiltered: boolean;
  action: string;
  onAction: () => void;
  /** Stands there while the section has no chats. */
  children: ComponentChildren;
}

function ChatSection({ title, chats, isFiltered, action, onAction, children }: ChatSectionProps) {
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

function NoChats({ onGroup, onSolo }: { onGroup: () => void; onSolo: () => void }) {
  return (
    <EmptyState
      drawing={<Drawing name="margin" />}
      action={
        <div class="no-chats-actions">
          <Button look="primary" icon="plus" onClick={onGroup}>
            New group
          </Button>
          <Button look="quiet" onClick={onSolo}>
            Chat with the AI alone
          </Button>
        </div>
      }
    >
      Make a group, pass its link on, and talk about the page you are on.
    </EmptyState>
  );
}
