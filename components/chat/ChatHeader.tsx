import { type ChatSummary, titleOf } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { AvatarStack } from '../parts/AvatarStack.tsx';
import { Bar } from '../parts/Bar.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { PageBadge } from '../share/PageBadge.tsx';
import { plural, waitingWords } from '../time-words.ts';
import './chat-header.css';
import { headcountWords } from './presence-words.ts';

/** Says which chat this is and who is in it. `view` is null while it is being fetched. */
export function ChatHeader({ chat, view }: { chat: ChatSummary | null; view: ChatView | null }) {
  const panel = usePanel();
  const people = view?.members ?? [];

  /** Back in the list, the keyboard is where it was. */
  function goBack(): void {
    panel.client.watch(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-chat="${chat?.id}"]`)?.focus());
  }

  return (
    <Bar look="chat-header">
      <span class="chat-back">
        <IconButton icon="back" label="All chats" onClick={goBack} />
      </span>
      <div class="chat-names">
        <h1>
          {view === null ? (
            <span class="fading">
              <bdi>{chat === null ? '' : titleOf(chat)}</bdi>
            </span>
          ) : (
            <button
              type="button"
              class="about-button fading"
              title={view.chat.kind === 'group' ? 'About this group' : 'About this chat'}
              aria-haspopup="dialog"
              onClick={() => panel.openSheet('about')}
            >
              <bdi>{titleOf(view.chat)}</bdi>
            </button>
          )}
        </h1>
        {chat !== null && (
          <p>
            {chat.kind === 'solo'
              ? 'Only you and the AI'
              : view === null
                ? plural(chat.memberCount, 'member')
                : headcountWords(view)}
          </p>
        )}
      </div>
      {view !== null && <PageBadge view={view} />}
      {view?.chat.kind === 'solo' && (
        <IconButton icon="invite" label="Bring people in" onClick={() => panel.openSheet('copy')} />
      )}
      {view?.chat.kind === 'group' && (
        <>
          <button
            type="button"
            class="people-button"
            title="People in this group"
            onClick={() => panel.openSheet('members')}
          >
            <AvatarStack people={people} />
            <span class="visually-hidden">People in this group</span>
            {view.requests.length > 0 && (
              <span class="people-waiting">
                <span aria-hidden="true">{view.requests.length}</span>
                <span class="visually-hidden">, {waitingWords(view.requests.length)}</span>
              </span>
            )}
          </button>
          <IconButton icon="invite" label="Invite people" onClick={() => panel.openSheet('invite')} />
        </>
      )}
    </Bar>
  );
}
