import { type Message, titleOf } from '../../lib/model/chat.ts';
import { AI_NAME } from '../../lib/model/mentions.ts';
import { parseSearch, snippetOf } from '../../lib/model/search.ts';
import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { listTime, plural } from '../time-words.ts';
import './found-messages.css';
import { useSearch } from './use-search.ts';

/** The messages of all chats in which the typed words were found; a click leads to one in its chat. */
export function FoundMessages({ typed }: { typed: string }) {
  const { found, more, again } = useSearch(typed);
  if (found.name === 'none') return null;
  return (
    <section class="found-messages" aria-label="Messages">
      <header class="chat-section-head">
        <h2>Messages</h2>
      </header>
      {found.name === 'looking' && <Skeleton rows={3} label="Looking through the messages" />}
      {found.name === 'failed' && (
        <div class="found-failure" role="alert">
          <p>{failureText(found.failure)}</p>
          <Button icon="retry" onClick={again}>
            Search again
          </Button>
        </div>
      )}
      {found.name === 'found' && (
        <>
          <p class={found.page.messages.length === 0 ? 'chat-hint' : 'visually-hidden'} role="status">
            {found.page.messages.length === 0
              ? parseSearch(typed).page === null
                ? 'No message holds these words.'
                : 'Nothing like this was shared of such a page.'
              : `${plural(found.page.messages.length, 'message')}${found.page.hasMore ? ' and more' : ''} found`}
          </p>
          <ul>
            {found.page.messages.map((message) => (
              <FoundMessage key={message.id} message={message} people={found.page.people} typed={typed} />
            ))}
          </ul>
          {found.page.hasMore && (
            <Button look="quiet" busy={found.isMoreComing} onClick={more}>
              Show more
            </Button>
          )}
        </>
      )}
    </section>
  );
}

interface FoundMessageProps {
  message: Message;
  people: Readonly<Record<string, { readonly displayName: string }>>;
  typed: string;
}

function FoundMessage({ message, people, typed }: FoundMessageProps) {
  const panel = usePanel();
  const chat = panel.app.value?.chats.find(({ id }) => id === message.chatId);
  const isOwn = message.authorId === panel.me.value?.id;
  const author = message.kind === 'assistant' ? AI_NAME : people[message.authorId ?? '']?.displayName;
  return (
    <li>
      <button type="button" class="found-message" onClick={() => panel.jumpTo(message)}>
        <span class="found-author fading">
          <bdi>{isOwn ? 'You' : (author ?? 'Somebody')}</bdi>
          {chat !== undefined && (
            <>
              <span class="found-in"> in </span>
              <bdi class="found-in">{titleOf(chat)}</bdi>
            </>
          )}
        </span>
        <time class="chat-time" dateTime={message.createdAt}>
          {listTime(new Date(message.createdAt), panel.now.value)}
        </time>
        <span class="found-snippet" dir="auto">
          {message.body === '' && message.shares[0]?.title}
          {snippetOf(message.body, parseSearch(typed).text).map(({ text, isMatch }, index) =>
            isMatch ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
          )}
        </span>
      </button>
    </li>
  );
}
