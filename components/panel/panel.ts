import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { connectHub, type HubClient, type PanelSnapshot } from '../../lib/hub/panel-client.ts';
import type { HubPort } from '../../lib/hub/panel-line.ts';
import type { Message, Person } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { AppState, Surface } from '../../lib/model/protocol.ts';
import { failureText } from '../failure-text.ts';
import { createVisibilityGuard, type Verdict, type VisibilityGuard } from '../visibility-guard.ts';
import type { RecorderPort } from '../voice/dictation.ts';
import { createVoice, type Voice } from '../voice/voice.ts';
import { type AttachmentFiles, createAttachmentFiles } from './attachment-files.ts';
import { type AvatarPictures, createAvatarPictures } from './avatar-pictures.ts';
import { createClock } from './clock.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createEdits, type Edits } from './edits.ts';
import { keepKeys } from './keep-keys.ts';
import { createLayers, type Layers } from './layers.ts';
import type { NotificationSwitch } from './notification-switch.ts';
import { createSharing, type Sharing } from './sharing.ts';
import { createStaging, type Staging } from './staging.ts';
import { tellVisibility } from './tell-visibility.ts';
import { createToaster, type Toaster } from './toaster.ts';

/** A dialog over the panel. */
export type Sheet =
  | 'about'
  | 'copy'
  | 'members'
  | 'invite'
  | 'new-group'
  | 'profile'
  | 'notifications'
  | 'memory'
  | 'family'
  | 'privacy'
  | 'log';

/** What a page that covers the panel must not make a person do unseen. */
export type SensitiveAction =
  | 'sign-in'
  | 'sign-out'
  | 'guardian'
  | 'join'
  | 'leave'
  | 'remove'
  | 'invite'
  | 'send'
  | 'dictate'
  | 'share'
  | 'let-in'
  | 'hand-over'
  | 'delete'
  | 'block';

/** A message to be led to. */
export type Jump = Pick<Message, 'id' | 'chatId' | 'seq'>;

/** All that the components share. One per panel. */
export interface Panel {
  readonly surface: Surface;
  readonly client: HubClient;
  readonly status: ReadonlySignal<PanelSnapshot['status']>;
  readonly app: ReadonlySignal<AppState | null>;
  readonly me: ReadonlySignal<Person | null>;
  /** Ids of people whom this person blocked. */
  readonly blocked: ReadonlySignal<ReadonlySet<string>>;
  readonly chatId: ReadonlySignal<string | null>;
  readonly view: ReadonlySignal<ChatView | null>;
  /** Ids of those in the chat who have the page beside this panel open too. */
  readonly onPage: ReadonlySignal<readonly string[]>;
  readonly sheet: ReadonlySignal<Sheet | null>;
  /** The message to be brought into sight as soon as it is there. */
  readonly jump: ReadonlySignal<Jump | null>;
  /** What the message being written answers to, in whatever chat that is. */
  readonly answering: ReadonlySignal<Message | null>;
  /** What is in the way over this page, until it is put away: mostly why the last sensitive action was not done. */
  readonly obstacle: ReadonlySignal<Hindrance | null>;
  /** Counts how often another page came to lie beside the panel. */
  readonly pagesSeen: ReadonlySignal<number>;
  /** Ticks each minute. */
  readonly now: ReadonlySignal<Date>;
  readonly toaster: Toaster;
  readonly pictures: AvatarPictures;
  readonly drafts: Drafts;
  readonly edits: Edits;
  readonly staging: Staging;
  readonly sharing: Sharing;
  readonly attachments: AttachmentFiles;
  readonly layers: Layers;
  readonly notifications: NotificationSwitch;
  /** Null where no microphone can be had. */
  readonly voice: Voice | null;
  /** Whether the person can have seen what they act on; if not, the panel says so. Ask before each sensitive action. */
  isSeen(action: SensitiveAction): boolean;
  dismissObstacle(): void;
  /** Whether the panel may take the keyboard by itself. */
  mayFocus(): boolean;
  /** Opens a dialog in place of the one that is open. Inviting makes a link, so that one must be seen. */
  openSheet(sheet: Sheet): void;
  closeSheet(): void;
  /** Shows a message among its neighbours, in whatever chat it is. */
  jumpTo(message: Jump): void;
  /** The jump is done. */
  arrive(): void;
  /** The next message answers this one; null: none. */
  answer(message: Message | null): void;
}

/** `keys`: the page takes the keyboard away, again and again. */
export type Hindrance = Exclude<Verdict, 'clear'> | 'keys';

export interface PanelOptions {
  openPort(): HubPort;
  /** Null where no microphone can be had. */
  readonly openRecorder: (() => RecorderPort) | null;
  readonly surface: Surface;
  readonly pass: string | null;
  /** The panel was there before its page was loaded anew: the keyboard is the page's until the person comes. */
  readonly isBack?: boolean;
  readonly notifications: NotificationSwitch;
  /** What a page might cover. */
  readonly root: Element;
  readonly signal: AbortSignal;
  /** Tests and the gallery stop the clock. */
  readonly now?: () => Date;
  readonly guard?: VisibilityGuard;
}

const NOBODY: AppState['blocked'] = [];

/** Connects to the hub and sets up what the components share; `signal` ends all of it. */
export function createPanel(options: PanelOptions): Panel {
  const { openPort, openRecorder, surface, pass, notifications, root, signal: ended, now = () => new Date() } = options;
  const keys = keepKeys({
    window: root.ownerDocument.defaultView ?? window,
    now: () => performance.now(),
    takeBack: () => void client.request('takeKeys', {}).catch(() => {}),
    onLost() {
      obstacle.value = 'keys';
    },
    signal: ended,
  });
  const toaster = createToaster(ended);
  const client = connectHub({
    open: openPort,
    surface,
    pass,
    signal: ended,
    now,
    onShowChat() {
      sheet.value = null;
    },
    onErrand: () => void takeErrand().catch(toaster.showFailure),
    onPage(news) {
      if (news === 'other') pagesSeen.value += 1;
      else keys.taken();
    },
    onChatGone() {
      sheet.value = null;
      toaster.show('You are not in that chat any more.');
    },
  });
  const obstacle = signal<Hindrance | null>(null);
  const pagesSeen = signal(0);
  tellVisibility(client, ended);
  const snapshot = signal(client.snapshot());
  const sheet = signal<Sheet | null>(null);
  const sharing = createSharing();
  const jump = signal<Jump | null>(null);
  const answering = signal<Message | null>(null);
  client.subscribe((next) => {
    snapshot.value = next;
    settleErrand();
    if (next.app?.session.name !== 'signed-in') {
      sheet.value = null;
      answering.value = null;
      sharing.end();
      voice?.loaded.value?.dictation.cancel();
    }
  });
  const voice =
    openRecorder === null
      ? null
      : createVoice({ ...{ openRecorder, client, surface, pass, ended }, now: () => performance.now() });
  const app = computed(() => snapshot.value.app);
  const blockedList = computed(() => app.value?.blocked ?? NOBODY);
  const guard = options.guard ?? createVisibilityGuard({ surface, root, signal: ended });

  /** Goes to the chat in view; without one, to the next that is opened. */
  async function takeErrand(): Promise<void> {
    const kind = await client.request('takeErrand', {});
    if (kind === null) return;
    sharing.ask(kind);
    if (snapshot.value.chatId === null) toaster.show('Open the chat with which you want to share it.');
    settleErrand();
  }

  function settleErrand(): void {
    const { view } = snapshot.value;
    if (view !== null) sharing.settle(view.chat.id);
  }

  function isSeen(action: SensitiveAction): boolean {
    const verdict = guard.verdict();
    // Where covers cannot be noticed, messages still go: what was typed by hand, or stood in a preview, was seen. There a window shows that it records.
    const isMild = action === 'send' || action === 'share' || action === 'dictate';
    const clear = verdict === 'clear' || (verdict === 'unsupported' && isMild);
    obstacle.value = clear ? null : verdict;
    return clear;
  }

  return {
    surface,
    client,
    status: computed(() => snapshot.value.status),
    app,
    me: computed(() => (app.value?.session.name === 'signed-in' ? app.value.session.me : null)),
    blocked: computed(() => new Set(blockedList.value.map(({ id }) => id))),
    chatId: computed(() => snapshot.value.chatId),
    view: computed(() => snapshot.value.view),
    onPage: computed(() => snapshot.value.onPage),
    sheet,
    jump,
    answering,
    obstacle,
    pagesSeen,
    now: createClock(now, ended),
    toaster,
    pictures: createAvatarPictures(client),
    drafts: createDrafts(client, ended),
    edits: createEdits(),
    staging: createStaging(client, (name, failed) => toaster.show(`${name}: ${failureText(failed)}`)),
    sharing,
    attachments: createAttachmentFiles(client),
    layers: createLayers(),
    notifications,
    voice,
    isSeen,
    dismissObstacle() {
      obstacle.value = null;
    },
    mayFocus: () => options.isBack !== true || root.ownerDocument.hasFocus(),
    openSheet(next) {
      if (next !== 'invite' || isSeen('invite')) sheet.value = next;
    },
    closeSheet() {
      sheet.value = null;
    },
    jumpTo({ id, chatId, seq }) {
      jump.value = { id, chatId, seq };
      client.watchAt(chatId, seq).catch(toaster.showFailure);
    },
    arrive() {
      jump.value = null;
    },
    answer(message) {
      answering.value = message;
    },
  };
}
