import { useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { BlockConfirm } from '../members/BlockConfirm.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ReportSheet } from '../report/ReportSheet.tsx';
import { clockTime, fullTime } from '../time-words.ts';
import { BlockedMessage } from './BlockedMessage.tsx';
import { DeleteMessage } from './DeleteMessage.tsx';
import './member-message.css';
import { MessageActions } from './MessageActions.tsx';
import { MessageContent } from './MessageContent.tsx';
import { FORMER_MEMBER } from './notice-words.ts';
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
  const { view, blocked } = usePanel();
  const [isReporting, setIsReporting] = useState(false);
  const [isBlocking, setIsBlocking] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const [showsWhy, setShowsWhy] = useState(false);
  const isBlocked = author !== null && blocked.value.has(author.id);
  if (isBlocked && !isShown) return <BlockedMessage id={item.id} onShow={() => setIsShown(true)} />;
  // Asked for on its own, it says again whose it is.
  const joins = item.joins && !isBlocked;
  const name = author?.displayName ?? (message?.authorId === null ? FORMER_MEMBER : 'Somebody');
  const time = new Date(item.time);
  const isPending = outgoing !== null && outgoing.name !== 'failed';
  return (
    <li
      class="member-message"
      data-row
      data-message={item.id}
      data-own={item.isOwn}
      data-joins={joins}
      data-joined={item.isJoined}
      data-pending={isPending}
    >
      {author !== null && !joins && <Avatar person={author} size={28} />}
      {joins && (
        // Drawn by the style sheet, so that it is not copied along with the text.
        <span
          class="message-gutter-time"
          aria-hidden="true"
          data-time={clockTime(time).replace(/\s.*/, '')}
          title={fullTime(time)}
        />
      )}
      <div class="message-head" data-hidden={joins}>
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
        {isReporting && message !== null && (
          <ReportSheet message={message} author={author} onClose={() => setIsReporting(false)} />
        )}
        {isBlocking && author !== null && <BlockConfirm person={author} onDone={() => setIsBlocking(false)} />}
        {isDeleting && message !== null && <DeleteMessage message={message} onDone={() => setIsDeleting(false)} />}
      </div>
      <ReadBy ids={item.readBy} people={people} />
      {message !== null && !item.isDeleted && (
        <MessageActions
          message={message}
          {...(item.isOwn ? { onDelete: () => setIsDeleting(true) } : { onReport: () => setIsReporting(true) })}
          {...(!item.isOwn && author !== null && !isBlocked ? { onBlock: () => setIsBlocking(true) } : {})}
          {...(view.value?.chat.replyMode === 'automatic' ? { onWhy: () => setShowsWhy(true) } : {})}
        />
      )}
    </li>
  );
}
