import { useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Shares } from '../share/Shares.tsx';
import { Attachments } from './Attachments.tsx';
import { EditForm } from './EditForm.tsx';
import { MessageText } from './MessageText.tsx';
import { Quote } from './Quote.tsx';
import { Reactions } from './Reactions.tsx';
import type { MemberItem } from './timeline.ts';
import { VersionsSheet } from './VersionsSheet.tsx';

interface MessageContentProps {
  item: MemberItem;
  people: ChatView['people'];
  meId: string;
}

/** What a person said, or the field in which they change it. */
export function MessageContent({ item, people, meId }: MessageContentProps) {
  const { edits } = usePanel();
  const [showsVersions, setShowsVersions] = useState(false);
  const { answered, message } = item;
  const text = edits.of(item.id);
  if (item.isDeleted) return <p class="message-gone">This message was deleted.</p>;
  return (
    <>
      {answered !== null && <Quote answered={answered} people={people} meId={meId} />}
      {message !== null && text.value !== null ? (
        <EditForm message={message} text={text} />
      ) : (
        item.body !== '' && <MessageText text={item.body} />
      )}
      <Shares chatId={item.chatId} shares={item.shares} files={item.files} />
      <Attachments chatId={item.chatId} files={filesAlone(item)} />
      {item.isEdited && message !== null && (
        <button
          type="button"
          class="message-edited"
          title="Show earlier wordings"
          onClick={() => setShowsVersions(true)}
        >
          edited
        </button>
      )}
      {message !== null && <Reactions message={message} people={people} meId={meId} />}
      {showsVersions && message !== null && <VersionsSheet message={message} onClose={() => setShowsVersions(false)} />}
    </>
  );
}

/** Screenshots stand on the cards of their pages. */
function filesAlone({ files, shares }: MemberItem): MemberItem['files'] {
  const shots = new Set(shares.map(({ screenshotId }) => screenshotId));
  return shares.length === 0 ? files : files.filter(({ id }) => !shots.has(id));
}
