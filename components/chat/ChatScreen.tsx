import type { ChatView } from '../../lib/model/chat-view.ts';
import { Composer } from '../composer/Composer.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { Skeleton } from '../parts/Skeleton.tsx';
import { SharePreview } from '../share/SharePreview.tsx';
import { Announcer } from './Announcer.tsx';
import { ChatHeader } from './ChatHeader.tsx';
import './chat-screen.css';
import { DropZone } from './DropZone.tsx';
import { MessageList } from './MessageList.tsx';
import { OnPage } from './OnPage.tsx';
import { TypingLine } from './TypingLine.tsx';
import { useAttendance } from './use-attendance.ts';

function Attendance({ view }: { view: ChatView }) {
  useAttendance(view);
  return null;
}

export function ChatScreen({ chatId }: { chatId: string }) {
  const panel = usePanel();
  const view = panel.view.value;
  const chat = view?.chat ?? panel.app.value?.chats.find(({ id }) => id === chatId) ?? null;
  return (
    <section class="chat-screen" aria-label="Chat">
      <ChatHeader chat={chat} view={view} />
      {view !== null && <OnPage view={view} />}
      {view === null ? (
        <Skeleton rows={5} label="The chat is being loaded" />
      ) : (
        <DropZone chatId={chatId}>
          <MessageList key={chatId} view={view} />
          <Announcer key={`announcer ${chatId}`} view={view} />
          {view.chat.kind === 'group' && <TypingLine view={view} />}
          <Attendance key={`attendance ${chatId}`} view={view} />
          <SharePreview />
          <Composer key={`composer ${chatId}`} view={view} />
        </DropZone>
      )}
    </section>
  );
}
