import { useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { clockTime, fullTime } from '../time-words.ts';
import { DeleteMessage } from './DeleteMessage.tsx';
import './member-message.css';
import { MessageActions } from './MessageActions.tsx';
import { MessageContent } from './MessageContent.tsx';
import { OutgoingFailure } from './OutgoingFailure.tsx';
import { ReadBy } from './ReadBy.tsx';
import type { MemberItem } from './timeline.ts';
import { WhySheet } from './WhySheet.tsx';

interface MemberMessageProps {
  item: MemberItem;
  people: ChatView['people'];
  meId: string;
}

export function MemberMessage({ item, people, meId }: MemberMessageProps) {
  const { author, message, outgoing } = item;
  const { view } = usePanel();
  const [isDeleting, setIsDeleting] = useState(false);
  const [showsWhy, setShowsWhy] = useState(false);
  const name = author?.displayName ?? 'Somebody';
  const time = new Date(item.time);
  const isPending = outgoing !== null && outgoing.name !== 'failed';
  return (
    <li
      class="member-message"
      data-row
      data-message={item.id}
      data-own={item.isOwn}
      data-joins={item.joins}
      data-joined={item.isJoined}
      data-pending={isPending}
    >
      {author !== null && !item.joins && <Avatar person={author} size={28} />}
      {item.joins && (
        // Drawn by the style sheet, so that it is not copied along with the text.
        <span
          class="message-gutter-time"
          aria-hidden="true"
          data-time={clockTime(time).replace(/\s.*/, '')}
          title={fullTime(time)}
        />
      )}
      <div class="message-head" data-hidden={item.joins}>
        <span class="message-author" dir="auto">
          {name}
        </span>
        <time class="message-time" dateTime={item.time} title={fullTime(time)}>
          {clockTime(time)}
        </time>
        {item.isForPeople && <span class="message-time">people only</span>}
      </div>
      <div class="message-body">
        <MessageContent item={item} people={people} meId={meId} />
        {isPending && (
          <span class="message-clock" role="img" aria-label="On its way">
            <Icon name="clock" />
          </span>
        )}
        {outgoing?.name === 'failed' && <OutgoingFailure id={item.id} failure={outgoing.failure} />}
        {showsWhy && message !== null && (
          <WhySheet message={message} people={people} meId={meId} onClose={() => setShowsWhy(false)} />
        )}
        {isDeleting && message !== null && <DeleteMessage message={message} onDone={() => setIsDeleting(false)} />}
      </div>
      <ReadBy ids={item.readBy} people={people} />
      {message !== null && !item.isDeleted && (
        <MessageActions
          message={message}
          {...(item.isOwn ? { onDelete: () => setIsDeleting(true) } : {})}
          {...(view.value?.chat.replyMode === 'automatic' ? { onWhy: () => setShowsWhy(true) } : {})}
        />
      )}
    </li>
  );
}
