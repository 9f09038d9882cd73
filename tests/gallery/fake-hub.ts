import type { HubPort } from '../../lib/hub/panel-line.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { type Failure, FailureError } from '../../lib/model/failure.ts';
import type {
  AppState,
  HubMessage,
  PanelMessage,
  Params,
  RequestName,
  Requests,
  Result,
} from '../../lib/model/protocol.ts';
import { FACE } from './face.ts';
import { NOW, preview } from './fixtures.ts';
import { ARTICLE, SELECTION, WHOLE } from './shared-pages.ts';

export type Answers = { [N in RequestName]?: (params: Params<N>) => Result<N> | Failure | Promise<Result<N>> };

export interface FakeHubState {
  readonly app: AppState | 'silent' | 'refused';
  readonly chatId?: string | null;
  /** What a watched chat shows; null: its view never comes. */
  readonly view?: ChatView | null;
  readonly answers?: Answers;
  /** Ids of those who are on the page beside the panel too. */
  readonly onPage?: readonly string[];
}

/** What a test does with the hub behind a panel: hears what it is asked, and says what it likes. */
export interface FakeHubControl extends HubPort {
  readonly heard: PanelMessage[];
  tell(message: HubMessage): void;
}

/** The hub's end of a port, with a still life behind it: speaks the real protocol, knows only what it was given. */
export function openFakePort(state: FakeHubState, heard: PanelMessage[] = []): FakeHubControl {
  const { app, chatId = null, view = null, answers = {}, onPage = [] } = state;
  let listener: (message: HubMessage) => void = () => {};
  const tell = (message: HubMessage) => queueMicrotask(() => listener(message));
  const all: Answers = { ...quietAnswers(), ...answers };

  async function answer(id: number, name: RequestName, params: never): Promise<void> {
    if (name === 'watch' && view !== null && (params as { chatId: string | null }).chatId !== null)
      tell({ type: 'chat', view });
    if (name === 'attend' && view !== null && onPage.length > 0)
      tell({ type: 'on-page', chatId: view.chat.id, people: onPage });
    const respond = all[name] as ((params: never) => unknown) | undefined;
    try {
      const value = await respond?.(params);
      if (isFailure(value)) throw new FailureError(value);
      tell({ type: 'response', id, ok: true, value });
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      tell({ type: 'response', id, ok: false, failure: thrown.failure });
    }
  }

  return {
    heard,
    tell,
    postMessage(message) {
      heard.push(message);
      if (app === 'silent') return;
      if (app === 'refused') tell({ type: 'refused' });
      else if (message.type === 'hello') tell({ type: 'welcome', state: app, chatId });
      else void answer(message.id, message.name, message.params as never);
    },
    onMessage(next) {
      listener = next;
    },
    onDisconnect() {},
    disconnect() {},
  };
}

/** What a friendly hub would say. */
function quietAnswers(): { [N in RequestName]: (params: Requests[N]['params']) => Requests[N]['result'] } {
  const nothing = () => null;
  return {
    signUp: nothing,
    signIn: nothing,
    requestCode: nothing,
    verifyCode: nothing,
    signOut: nothing,
    usernameAvailable: ({ username }) => username !== 'ana',
    setBirthDate: nothing,
    makeGuardianCode: () => ({ code: 'K7M2QXW4RD', expiresAt: new Date(NOW.getTime() + 15 * 60_000).toISOString() }),
    lookAtGuardianCode: () => ({ id: '', displayName: 'Maria Rossi', username: 'maria' }),
    acceptGuardian: nothing,
    setGroupChats: nothing,
    endGuardianship: nothing,
    readMemories: () => ({ on: true, list: [] }),
    saveMemory: nothing,
    forgetMemory: nothing,
    rememberMessage: nothing,
    setMemoriesOn: nothing,
    saveProfile: nothing,
    avatar: () => FACE,
    createChat: nothing,
    copyChat: nothing,
    watch: nothing,
    setVisible: nothing,
    loadOlder: () => ({ messages: [], hasOlder: false }),
    loadNewer: () => ({ messages: [], hasNewer: false }),
    loadAround: () => ({ messages: [], hasOlder: false, hasNewer: false }),
    search: () => ({ messages: [], people: {}, hasMore: false }),
    send: nothing,
    resend: nothing,
    discard: nothing,
    stageFile: nothing,
    stagePart: nothing,
    discardFile: nothing,
    retryFile: nothing,
    readAttachment: () => ({ data: '', size: 0 }),
    transcribe: () => ({ text: 'We could meet at the harbour on Thursday.' }),
    saveDraft: nothing,
    attend: nothing,
    markRead: nothing,
    createInvite: () => ({
      url: 'https://sideroom.example/join#Qm9va0NsdWJUb2tlbjEyMw',
      expiresAt: new Date(NOW.getTime() + 24 * 60 * 60_000).toISOString(),
    }),
    readPassage: () => null,
    readPage: ({ kind }) => (kind === 'article' ? ARTICLE : SELECTION),
    capturePage: () => ({ facts: ARTICLE.facts, picture: FACE }),
    stageShare: nothing,
    discardShare: nothing,
    readShare: () => WHOLE,
    showShare: () => 'exact',
    pageBeside: () => null,
    whyBeside: () => null,
    takeErrand: () => null,
    openPassage: nothing,
    resetInvites: nothing,
    previewInvite: () => preview(),
    redeemInvite: () => ({ chatId: '', waiting: false }),
    answerRequest: nothing,
    withdrawRequest: nothing,
    dismissIntent: nothing,
    removeMember: nothing,
    leaveChat: nothing,
    renameChat: nothing,
    setInstructions: nothing,
    readPagePresence: () => false,
    setPagePresence: nothing,
    setNotificationLevel: nothing,
    setArchived: nothing,
    clearChat: nothing,
    deleteChat: nothing,
    handOver: nothing,
    setReaction: nothing,
    editMessage: nothing,
    deleteMessage: nothing,
    readVersions: () => [],
    setQuietHours: nothing,
    setReplyMode: nothing,
    tuneReplies: nothing,
    readReceipt: () => null,
    readSilence: () => null,
    reportMessage: nothing,
    setBlocked: nothing,
    readLog: () => [],
    readRetention: () => null,
    setRetention: nothing,
    readSessions: () => [],
    endSession: nothing,
    readMyData: () => ({ rows: [], next: null }),
    deleteAccount: nothing,
    readReplyFailure: () => ({ error: 'unreachable', retryAt: null }),
    readModels: () => null,
    pinModel: nothing,
    readLikeness: () => null,
    setLikeness: nothing,
    stopReply: nothing,
    retryReply: nothing,
    openSurface: nothing,
    takeKeys: nothing,
    closeOverlay: nothing,
    resizeOverlay: nothing,
  };
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'kind' in value && 'code' in value;
}
