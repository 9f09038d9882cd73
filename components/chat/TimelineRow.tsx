import type { ChatView } from '../../lib/model/chat-view.ts';
import { AssistantMessage } from './AssistantMessage.tsx';
import { DayDivider, UnreadDivider } from './Divider.tsx';
import { MemberMessage } from './MemberMessage.tsx';
import { noticeWords } from './notice-words.ts';
import type { TimelineItem } from './timeline.ts';

interface TimelineRowProps {
  item: TimelineItem;
  people: ChatView['people'];
  meId: string;
}

export function TimelineRow({ item, people, meId }: TimelineRowProps) {
  switch (item.kind) {
    case 'day':
      return <DayDivider time={item.time} />;
    case 'unread':
      return <UnreadDivider />;
    case 'notice':
      return (
        <li class="notice" data-row>
          {noticeWords(item.notice, people, meId)}
        </li>
      );
    case 'member':
      return <MemberMessage item={item} people={people} meId={meId} />;
    case 'assistant':
      return <AssistantMessage item={item} people={people} meId={meId} />;
  }
}
