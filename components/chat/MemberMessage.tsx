import type { ChatView } from '../../lib/model/chat-view.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { clockTime, fullTime } from '../time-words.ts';
import './member-message.css';
import { MessageActions } from './MessageActions.tsx';
import { MessageText } from './MessageText.tsx';
import { OutgoingFailure } from './OutgoingFailure.tsx';
import { Quote } from './Quote.tsx';
import type { MemberItem } from './timeline.ts';

interface MemberMessageProps {
  item: MemberItem;
  people: ChatView['people'];
  meId: string;
}

export function MemberMessage({ item, people, meId }: MemberMessageProps) {
  const { author, answered, message, outgoing } = item;
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
        {answered !== null && !item.isDeleted && <Quote answered={answered} people={people} meId={meId} />}
        {item.isDeleted ? <p class="message-gone">This message was deleted.</p> : <MessageText text={item.body} />}
        {item.isEdited && !item.isDeleted && <span class="message-time">edited</span>}
        {isPending && (
          <span class="message-clock" role="img" aria-label="On its way">
            <Icon name="clock" />
          </span>
        )}
        {outgoing?.name === 'failed' && <OutgoingFailure id={item.id} failure={outgoing.failure} />}
      </div>
      {message !== null && !item.isDeleted && <MessageActions message={message} />}
    </li>
  );
}
