import { useRef, useState } from 'preact/hooks';
import { whoTurnedOff } from '../../lib/model/family.ts';
import { newId } from '../../lib/model/ids.ts';
import { isSearchable, parseSearch } from '../../lib/model/search.ts';
import { AccountMenu } from '../account/AccountMenu.tsx';
import { GroupsOff } from '../family/GroupsOff.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { Bar } from '../parts/Bar.tsx';
import { Button } from '../parts/Button.tsx';
import { Drawing } from '../parts/Drawing.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { Mark } from '../parts/Mark.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { sectionsOf } from './chat-list.ts';
import './chat-list.css';
import { ChatSearch } from './ChatSearch.tsx';
import { ArchivedSection, ChatSection } from './ChatSection.tsx';
import { FoundMessages } from './FoundMessages.tsx';
import { OnThisPage } from './OnThisPage.tsx';
import { WaitingSection } from './WaitingSection.tsx';

/** All chats of a person, and the way to new ones. */
export function ChatList() {
  const panel = usePanel();
  const [query, setQuery] = useState('');
  const starting = useRef(false);
  const app = panel.app.value;
  const session = app?.session;
  if (app === null || session?.name !== 'signed-in') return null;
  const { groups, mine, archived } = sectionsOf(app.chats, query);
  const guardian = whoTurnedOff(app.family);
  const isEmpty = app.chats.length === 0 && app.waiting.length === 0 && guardian === null;
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
      {app.chatsLoaded && isEmpty && <NoChats onGroup={openGroupSheet} onSolo={startSolo} />}
      {app.chatsLoaded && !isEmpty && (
        <>
          <ChatSearch query={query} onQuery={setQuery} />
          <div class="chat-sections">
            {query !== '' &&
            groups.length + mine.length + archived.length === 0 &&
            !isSearchable(parseSearch(query)) ? (
              <p class="chat-none" role="status">
                No chat is called “{query.trim()}”.
              </p>
            ) : (
              <>
                {query === '' && <OnThisPage />}
                {query === '' && <WaitingSection waiting={app.waiting} />}
                {guardian === null ? (
                  <ChatSection
                    title="Groups"
                    chats={groups}
                    isFiltered={query !== ''}
                    action="New group"
                    onAction={openGroupSheet}
                  >
                    Talk with up to 20 people about what you read.
                  </ChatSection>
                ) : (
                  query === '' && <GroupsOff by={guardian} />
                )}
                <ChatSection
                  title="Mine"
                  chats={mine}
                  isFiltered={query !== ''}
                  action="New chat with the AI"
                  onAction={startSolo}
                >
                  Ask the AI something, just between you two.
                </ChatSection>
                <ArchivedSection chats={archived} isFiltered={query !== ''} />
                <FoundMessages typed={query} />
              </>
            )}
          </div>
        </>
      )}
    </nav>
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
