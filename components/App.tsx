import { useEffect } from 'preact/hooks';
import { AboutSheet } from './about/AboutSheet.tsx';
import { PrivacySheet } from './account/PrivacySheet.tsx';
import { ProfileScreen } from './account/ProfileScreen.tsx';
import { ProfileSheet } from './account/ProfileSheet.tsx';
import { Welcome } from './account/Welcome.tsx';
import './app.css';
import { BesideNote } from './BesideNote.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import { ChatScreen } from './chat/ChatScreen.tsx';
import { ChatList } from './chats/ChatList.tsx';
import { CopySheet } from './chats/CopySheet.tsx';
import { NewGroupSheet } from './chats/NewGroupSheet.tsx';
import { FamilySheet } from './family/FamilySheet.tsx';
import { InviteScreen } from './invite/InviteScreen.tsx';
import { InviteSheet } from './invite/InviteSheet.tsx';
import { LogSheet } from './log/LogSheet.tsx';
import { loadRich } from './markdown/rich.ts';
import { MembersSheet } from './members/MembersSheet.tsx';
import { MemorySheet } from './memory/MemorySheet.tsx';
import { NotificationsSheet } from './notifications/NotificationsSheet.tsx';
import { Obstacle } from './Obstacle.tsx';
import type { Panel } from './panel/panel.ts';
import { PanelContext, usePanel } from './panel/panel-context.ts';
import { Bar } from './parts/Bar.tsx';
import { Drawing } from './parts/Drawing.tsx';
import { EmptyState } from './parts/EmptyState.tsx';
import { SheetLayer } from './parts/Sheet.tsx';
import { Skeleton } from './parts/Skeleton.tsx';
import { Toast } from './parts/Toast.tsx';
import { ResizeHandle } from './ResizeHandle.tsx';
import './styles/tokens.css';
import './styles/base.css';
import { useEscape } from './use-escape.ts';

/** The whole panel, wherever it is shown. */
export function App({ panel }: { panel: Panel }) {
  useEscape(panel);
  // After the first paint, which needs none of it.
  useEffect(loadRich, []);
  return (
    <PanelContext.Provider value={panel}>
      <div class="app">
        {panel.surface === 'overlay' && panel.status.value !== 'refused' && (
          <aside aria-label="Size of the panel">
            <ResizeHandle />
          </aside>
        )}
        <ConnectionLine />
        <BesideNote />
        <div class="app-screen">
          <Screen />
        </div>
        <Sheets />
        <SheetLayer />
        <Obstacle />
        <Toast />
      </div>
    </PanelContext.Provider>
  );
}

function Screen() {
  const { status, app } = usePanel();
  if (status.value === 'refused') return <Refused />;
  const state = app.value;
  if (state === null || state.session.name === 'starting') return <Starting />;
  if (state.session.name === 'signed-out') return <Welcome />;
  if (state.session.name === 'needs-profile') return <ProfileScreen session={state.session} />;
  if (state.intent !== null) return <InviteScreen key={state.intent.token} token={state.intent.token} />;
  return <Chats />;
}

/** List and chat: one at a time in a narrow panel, side by side in a wide one. */
function Chats() {
  const chatId = usePanel().chatId.value;
  return (
    <main class="chats" data-showing={chatId === null ? 'list' : 'chat'}>
      <div class="chats-list">
        <ChatList />
      </div>
      <div class="chats-chat">
        {chatId === null ? (
          <EmptyState drawing={<Drawing name="margin" />}>Choose a chat to read on.</EmptyState>
        ) : (
          <ChatScreen chatId={chatId} />
        )}
      </div>
    </main>
  );
}

function Sheets() {
  const { sheet, view, me, app, closeSheet: close } = usePanel();
  if (app.value?.session.name !== 'signed-in') return null;
  switch (sheet.value) {
    case 'new-group':
      return <NewGroupSheet onClose={close} />;
    case 'profile':
      return me.value && <ProfileSheet me={me.value} onClose={close} />;
    case 'notifications':
      return <NotificationsSheet onClose={close} />;
    case 'memory':
      return <MemorySheet onClose={close} />;
    case 'family':
      return <FamilySheet onClose={close} />;
    case 'privacy':
      return me.value && <PrivacySheet me={me.value} onClose={close} />;
    case 'log':
      return view.value && <LogSheet key={view.value.chat.id} view={view.value} onClose={close} />;
    case 'about':
      return view.value && <AboutSheet key={view.value.chat.id} view={view.value} onClose={close} />;
    case 'copy':
      return view.value && <CopySheet key={view.value.chat.id} view={view.value} onClose={close} />;
    case 'members':
      return view.value && <MembersSheet view={view.value} onClose={close} />;
    case 'invite':
      return view.value && <InviteSheet key={view.value.chat.id} view={view.value} onClose={close} />;
    case null:
      return null;
  }
}

function Starting() {
  return (
    <main>
      <Bar />
      <h1 class="visually-hidden">Sideroom</h1>
      <Skeleton rows={4} label="Sideroom is starting" />
    </main>
  );
}

function Refused() {
  return (
    <main class="refused">
      <h1 class="visually-hidden">Sideroom</h1>
      <EmptyState drawing={<Drawing name="closed" />}>
        This panel was not opened by Sideroom. Click the Sideroom button in the toolbar.
      </EmptyState>
    </main>
  );
}
