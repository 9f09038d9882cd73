import { type ChatSummary, titleOf } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Mark } from '../parts/Mark.tsx';
import { listTime, plural, waitingWords } from '../time-words.ts';
import { activityOf } from './chat-list.ts';
import './chat-row.css';
import { lastLine } from './last-line.ts';

/** The server counts no further. */
const MOST_UNREAD = 99;

export function ChatRow({ chat, isCurrent }: { chat: ChatSummary; isCurrent: boolean }) {
  const panel = usePanel();
  const line = lastLine(chat, panel.app.value?.people ?? {}, panel.me.value?.id ?? '', panel.blocked.value);
  const unread = isCurrent ? 0 : chat.unread;
  return (
    <li>
      <button
        type="button"
        data-chat={chat.id}
        class={`chat-row${unread > 0 ? ' unread' : ''}`}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={() => panel.client.watch(chat.id)}
      >
        <span class={`chat-tile ${chat.kind}`}>
          {chat.kind === 'solo' ? <Mark size={20} /> : <GeneratedAvatar id={chat.id} name={chat.title} size={36} />}
        </span>
        <span class="chat-name">
          <span class="chat-title fading">
            <bdi>{titleOf(chat)}</bdi>
          </span>
          {chat.notificationLevel === 'none' && (
            <span class="chat-muted">
              <Icon name="muted" />
              <span class="visually-hidden">muted</span>
            </span>
          )}
        </span>
        <time class="chat-time" dateTime={activityOf(chat)}>
          {listTime(new Date(activityOf(chat)), panel.now.value)}
        </time>
        <span class="chat-line fading">
          <bdi>{line || 'Nothing said yet'}</bdi>
        </span>
        <span class="chat-marks">
          {chat.pendingRequests > 0 && (
            <span class="chat-asked" title={waitingWords(chat.pendingRequests)}>
              <Icon name="person" />
              <span class="visually-hidden">{waitingWords(chat.pendingRequests)}</span>
            </span>
          )}
          {unread > 0 && chat.mentioned && (
            <span class="chat-mention">
              <span aria-hidden="true">@</span>
              <span class="visually-hidden">you are mentioned</span>
            </span>
          )}
          {unread > 0 && (
            <span class="chat-unread" data-quiet={chat.notificationLevel === 'none'}>
              <span aria-hidden="true">{unread > MOST_UNREAD ? `${MOST_UNREAD}+` : unread}</span>
              <span class="visually-hidden">{plural(unread, 'unread message')}</span>
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
