/**
 * The contract between hub and panel: what crosses the port, in both directions. Everything is structured-clonable.
 *
 * A panel says `hello`; the hub answers `welcome` with the whole app state, or `refused`. From then on the hub pushes changes, and
 * the panel makes requests that are answered by id. A port may break at any moment (the worker was ended): the panel connects
 * again, says hello, watches its chat again and repeats unanswered requests; every request is safe to repeat.
 */

import type { DataPage, DataPart, Deletion, DeviceSession, ReportReason } from './account.ts';
import type {
  ChatKind,
  ChatSummary,
  Decision,
  InviteOptions,
  InvitePreview,
  Likeness,
  MessageTarget,
  MessageVersion,
  ModelChoice,
  ModelSlot,
  NotificationLevel,
  Person,
  Receipt,
  ReplyFailure,
  ReplyMode,
  Waiting,
} from './chat.ts';
import type { LogLine } from './chat-log.ts';
import type { ChatEvent, ChatView } from './chat-view.ts';
import type { Failure } from './failure.ts';
import type { Family, GuardianCode, Relative } from './family.ts';
import type { AttachmentPlace, FileFacts } from './files.ts';
import type { Memories, Memory } from './memory.ts';
import type { PageFacts, ShareKind } from './page-share.ts';
import type { Passage } from './passage.ts';
import type { Piece } from './piece.ts';
import type { QuietHours } from './quiet-hours.ts';
import type { SearchPage, SearchQuery } from './search.ts';
import type { PageBeside, PageNews, ShownHow, TextReading, WholeShare, WhyBeside } from './share.ts';

const PORT_NAME = 'sideroom-panel';

/** A panel's port. The browser's own side panel says in which window it is, because no browser does. */
export function portName(windowId: number | null): string {
  return windowId === null ? PORT_NAME : `${PORT_NAME} ${windowId}`;
}

/** Null for a port that is no panel's. */
export function readPortName(name: string): { readonly windowId: number | null } | null {
  const [kind, windowId] = name.split(' ', 2);
  return kind === PORT_NAME ? { windowId: windowId === undefined ? null : Number(windowId) } : null;
}

/** Where a panel is shown; `page`: in a webpage of Sideroom's own, without the extension. */
export type Surface = 'overlay' | 'side-panel' | 'window' | 'page';

export type Session =
  | { readonly name: 'starting' }
  | { readonly name: 'signed-out'; readonly failure: Failure | null }
  /** `isAgeKnown`: the date of birth, which comes before the profile, has been told. */
  | { readonly name: 'needs-profile'; readonly userId: string; readonly email: string; readonly isAgeKnown: boolean }
  | { readonly name: 'signed-in'; readonly email: string; readonly me: Person };

/** `offline`: requests fail at present; what is typed waits in the outbox. */
export type Connection = 'online' | 'connecting' | 'offline';

/** An invite link that was opened and not yet answered. */
export interface Intent {
  readonly token: string;
}

export interface AppState {
  readonly session: Session;
  readonly connection: Connection;
  /** Unordered; the view sorts. */
  readonly chats: readonly ChatSummary[];
  /** False until the list was loaded once, from store or server. */
  readonly chatsLoaded: boolean;
  /** Faces by id, as far as known: at least of those who wrote the chats' last messages. */
  readonly people: Readonly<Record<string, Person>>;
  readonly intent: Intent | null;
  /** Groups that were asked to let this person in and have not answered, as last heard. */
  readonly waiting: readonly Waiting[];
  /** Whom this person blocked, as last heard. */
  readonly blocked: readonly Person[];
  /** When no notifications are shown; null: never, or not known yet. */
  readonly quietHours: QuietHours | null;
  /** Whom this person looks after, and who looks after them; null: not known yet. */
  readonly family: Family | null;
  /** Where the development inbox is, when this backend has one. */
  readonly mailUrl: string | null;
}

export interface Invite {
  readonly url: string;
  /** Null: never. */
  readonly expiresAt: string | null;
}

export type AvatarChoice =
  | { readonly kind: 'keep' }
  | { readonly kind: 'generated' }
  /** A square picture of at most 256 KiB as data URL (webp, png or jpeg). */
  | { readonly kind: 'image'; readonly dataUrl: string };

/** Requests by name: what goes in and what comes back. */
export interface Requests {
  signUp: { params: { email: string; password: string }; result: null };
  signIn: { params: { email: string; password: string }; result: null };
  requestCode: { params: { email: string }; result: null };
  verifyCode: { params: { email: string; code: string }; result: null };
  signOut: { params: Record<never, never>; result: null };
  /** Told once, as YYYY-MM-DD. Fails with `too_young`; then the person is signed out, and there is no account. */
  setBirthDate: { params: { date: string }; result: null };
  /** For an adult who wants to look after somebody's account. */
  makeGuardianCode: { params: Record<never, never>; result: GuardianCode };
  /** Whose code this is. */
  lookAtGuardianCode: { params: { code: string }; result: Relative };
  /** Makes whose code this is the guardian of this person. */
  acceptGuardian: { params: { code: string }; result: null };
  setGroupChats: { params: { minorId: string; on: boolean }; result: null };
  /** This person does not look after that account any more. */
  endGuardianship: { params: { minorId: string }; result: null };
  readMemories: { params: Record<never, never>; result: Memories };
  /** Adds one, or changes the one with this id. */
  saveMemory: { params: Pick<Memory, 'id' | 'body'>; result: null };
  forgetMemory: { params: { id: string }; result: null };
  /** Remembers, under this id, what a message of a solo chat says. */
  rememberMessage: { params: { id: string; messageId: string }; result: null };
  setMemoriesOn: { params: { on: boolean }; result: null };
  usernameAvailable: { params: { username: string }; result: boolean };
  saveProfile: { params: { displayName: string; username: string; avatar: AvatarChoice }; result: null };
  /** The picture as data URL, or null when there is none (any more). */
  avatar: { params: { path: string }; result: string | null };
  createChat: { params: { id: string; kind: ChatKind; title: string }; result: null };
  /** Makes the group `id` out of a solo chat, which stays as it is. */
  copyChat: { params: { chatId: string; id: string; title: string }; result: null };
  /** Which chat this panel shows; the hub sends its view and then its events. Null: none. */
  watch: { params: { chatId: string | null }; result: null };
  /** Whether somebody can see this panel. A panel that has not said so counts as unseen. */
  setVisible: { params: { visible: boolean }; result: null };
  loadOlder: { params: { chatId: string; beforeSeq: number }; result: Pick<Piece, 'messages' | 'hasOlder'> };
  loadNewer: { params: { chatId: string; afterSeq: number }; result: Pick<Piece, 'messages' | 'hasNewer'> };
  /** What stands around a seq; null: the end of the chat. */
  loadAround: { params: { chatId: string; seq: number | null }; result: Piece };
  search: { params: SearchQuery; result: SearchPage };
  /** Answered as soon as the entry is stored in the outbox; the draft is cleared with it. */
  send: {
    params: {
      id: string;
      chatId: string;
      body: string;
      target: MessageTarget;
      replyTo: string | null;
      /** Files added to this chat's message, in order. */
      fileIds?: readonly string[];
      /** Page shares in the composer, in order. */
      shareIds?: readonly string[];
    };
    result: null;
  };
  resend: { params: { id: string }; result: null };
  /** Takes an unsent entry back. */
  discard: { params: { id: string }; result: null };
  /** A file is added to the message being written; its bytes follow in parts. `thumbnail`: a small picture of it, as base64. */
  stageFile: { params: { chatId: string; file: FileFacts; thumbnail: string | null }; result: null };
  /** Bytes of a file, as base64: the part with this index, all parts but the last of PART_BYTES. */
  stagePart: { params: { id: string; index: number; data: string }; result: null };
  /** Takes a file that is not sent yet out of the message. */
  discardFile: { params: { id: string }; result: null };
  /** Tries a file that could not be uploaded again. */
  retryFile: { params: { id: string }; result: null };
  /** Bytes of a message's file from an offset on, as base64, and how many it has in all. */
  readAttachment: { params: AttachmentPlace & { offset: number }; result: { data: string; size: number } };
  /** Reads the page beside this panel, because the person asked. Fails with why nothing could be read (`page_…`). */
  readPage: { params: { kind: TextReading['kind'] }; result: TextReading };
  /** What is in sight of the page beside this panel, as data URL. Fails as `readPage` does. */
  capturePage: { params: Record<never, never>; result: { facts: PageFacts; picture: string } };
  /** Adds what was shared of a page, as the person saw it, to the message being written. */
  stageShare: { params: { chatId: string; share: WholeShare }; result: null };
  /** Takes a page share that is not sent yet out of the message. */
  discardShare: { params: { id: string }; result: null };
  /** All of a page share: staged, on its way, or of a message. */
  readShare: { params: { id: string }; result: WholeShare };
  /** Brings the shared page before the person's eyes, at the passage, or at another one that is quoted of it. */
  showShare: { params: { id: string; quote?: string }; result: ShownHow };
  /** What a person wants of the panel from elsewhere, by the menu of the page or a shortcut; null: nothing. Taken once. */
  takeErrand: { params: Record<never, never>; result: ShareKind | null };
  /** Which chats have shares of the page beside this panel; null where there is no page. Its address goes nowhere. */
  pageBeside: { params: Record<never, never>; result: PageBeside | null };
  /** Why this panel is not over the page beside it; null: no reason is known. */
  whyBeside: { params: Record<never, never>; result: WhyBeside | null };
  saveDraft: { params: { chatId: string; text: string }; result: null };
  /** What this panel shows to somebody, and whether they are writing there. Null: nobody can see a chat in it. */
  attend: { params: { chatId: string | null; typing: boolean }; result: null };
  markRead: { params: { chatId: string; seq: number }; result: null };
  /** Without options: a day, for any number of people, who see everything. */
  createInvite: { params: { chatId: string; options?: InviteOptions; page?: Passage | null }; result: Invite };
  /** The page beside this panel and what is selected on it, because the person asked; null where there is none. */
  readPassage: { params: Record<never, never>; result: Passage | null };
  /** Opens a page at its passage. */
  openPassage: { params: { passage: Passage }; result: null };
  resetInvites: { params: { chatId: string }; result: null };
  previewInvite: { params: { token: string }; result: InvitePreview };
  /** `waiting`: the group was asked to let this person in; the intent stands until it answers. */
  redeemInvite: { params: { token: string }; result: { chatId: string; waiting: boolean } };
  /** Lets somebody in who waits, or not. */
  answerRequest: { params: { chatId: string; userId: string; accept: boolean }; result: null };
  /** Takes back what this person asked of a group. */
  withdrawRequest: { params: { chatId: string }; result: null };
  /** The intent was answered: joined or declined. */
  dismissIntent: { params: Record<never, never>; result: null };
  removeMember: { params: { chatId: string; userId: string }; result: null };
  leaveChat: { params: { chatId: string }; result: null };
  renameChat: { params: { chatId: string; title: string }; result: null };
  setInstructions: { params: { chatId: string; instructions: string }; result: null };
  setNotificationLevel: { params: { chatId: string; level: NotificationLevel }; result: null };
  /** Whether this person and others of the group who chose so too see each other when they are on the same page. */
  readPagePresence: { params: { chatId: string }; result: boolean };
  setPagePresence: { params: { chatId: string; on: boolean }; result: null };
  setArchived: { params: { chatId: string; archived: boolean }; result: null };
  /** Deletes what was said in a group so far for this person alone. */
  clearChat: { params: { chatId: string }; result: null };
  /** Deletes a chat for everyone; `title` is what the creator of a group typed. */
  deleteChat: { params: { chatId: string; title: string }; result: null };
  /** Makes another member the creator. */
  handOver: { params: { chatId: string; userId: string }; result: null };
  /** One's own reaction to a message. */
  setReaction: { params: { chatId: string; messageId: string; emoji: string; on: boolean }; result: null };
  editMessage: { params: { chatId: string; messageId: string; body: string }; result: null };
  deleteMessage: { params: { chatId: string; messageId: string }; result: null };
  /** What a message said before, the first wording first. */
  readVersions: { params: { messageId: string }; result: readonly MessageVersion[] };
  /** In the time zone where this browser is; null: none. */
  setQuietHours: { params: { hours: Pick<QuietHours, 'from' | 'to'> | null }; result: null };
  setReplyMode: { params: { chatId: string; mode: ReplyMode }; result: null };
  /** The AI is to join in more, or less, by itself. */
  tuneReplies: { params: { chatId: string; step: 1 | -1 }; result: null };
  /** What an answer was made of; null when nothing is known of it. */
  readReceipt: { params: { messageId: string }; result: Receipt | null };
  /** Why an answer did not come; null when nothing is known of it. */
  readReplyFailure: { params: { messageId: string }; result: ReplyFailure | null };
  /** What may answer this person in a chat; null when that is not known. */
  readModels: { params: { chatId: string }; result: ModelChoice | null };
  /** The model that answers this person in a chat; null: Sideroom chooses. */
  pinModel: { params: { chatId: string; slot: ModelSlot | null }; result: null };
  /** Whether the AI may look at this person's profile picture; null when that is not known. */
  readLikeness: { params: Record<never, never>; result: Likeness | null };
  setLikeness: { params: { allowed: boolean }; result: null };
  /** Why the AI said nothing after a message; null when it was not considered. */
  readSilence: { params: { messageId: string }; result: Decision | null };
  /** Turns a recording into text: its parts in base64, in order. Nothing of it is kept. */
  transcribe: { params: { audio: readonly string[] }; result: { text: string } };
  /** Shows a message to whoever runs this Sideroom. */
  reportMessage: { params: { messageId: string; reason: ReportReason; comment: string }; result: null };
  setBlocked: { params: { userId: string; blocked: boolean }; result: null };
  /** A page of what was done in a chat, the latest first. */
  readLog: { params: { chatId: string; before: number | null }; result: readonly LogLine[] };
  /** How many days a chat keeps what is said; null: for ever. */
  readRetention: { params: { chatId: string }; result: number | null };
  setRetention: { params: { chatId: string; days: number | null }; result: null };
  readSessions: { params: Record<never, never>; result: readonly DeviceSession[] };
  /** Signs out elsewhere: in one session, or, null, in all but this one. */
  endSession: { params: { id: string | null }; result: null };
  readMyData: { params: { part: DataPart; after: string | null }; result: DataPage };
  /** Ends this account, here and everywhere. */
  deleteAccount: { params: Deletion; result: null };
  stopReply: { params: { jobId: string }; result: null };
  retryReply: { params: { messageId: string }; result: null };
  /** Opens the same panel elsewhere; from an overlay the chat in view goes along. */
  openSurface: { params: { surface: 'side-panel' | 'window' }; result: null };
  /** Gives this overlay the keyboard, which its page took. */
  takeKeys: { params: Record<never, never>; result: null };
  closeOverlay: { params: Record<never, never>; result: null };
  /** The handle at the overlay's edge was dragged (or moved by arrow keys): the wish in CSS pixels; the background clamps and remembers it. */
  resizeOverlay: { params: { width: number }; result: null };
}

export type RequestName = keyof Requests;
export type Params<N extends RequestName> = Requests[N]['params'];
export type Result<N extends RequestName> = Requests[N]['result'];
export type AnyRequest = { [N in RequestName]: { readonly name: N; readonly params: Params<N> } }[RequestName];

export type PanelMessage =
  /** `pass`: for an overlay, the one-time word by which the hub knows the frame that it opened. */
  | { readonly type: 'hello'; readonly surface: Surface; readonly pass: string | null }
  | ({ readonly type: 'request'; readonly id: number } & AnyRequest);

export type HubMessage =
  | { readonly type: 'welcome'; readonly state: AppState; readonly chatId: string | null }
  /** This frame was not opened by Sideroom: show nothing, do nothing. */
  | { readonly type: 'refused' }
  /** Keys that changed, with their new values. */
  | { readonly type: 'state'; readonly state: Partial<AppState> }
  | { readonly type: 'chat'; readonly view: ChatView }
  | { readonly type: 'event'; readonly chatId: string; readonly event: ChatEvent }
  /** Ids of those in the chat who have the page beside this panel open too. */
  | { readonly type: 'on-page'; readonly chatId: string; readonly people: readonly string[] }
  /** There may be an errand for this panel. */
  | { readonly type: 'errand' }
  /** Something became of the page beside this panel. */
  | { readonly type: 'page'; readonly news: PageNews }
  /** A notification was clicked: this panel is to show its chat. */
  | { readonly type: 'show-chat'; readonly chatId: string }
  /** The watched chat is not (or no longer) one of this person's. */
  | { readonly type: 'chat-gone'; readonly chatId: string }
  | ({ readonly type: 'response'; readonly id: number } & (
      | { readonly ok: true; readonly value: unknown }
      | { readonly ok: false; readonly failure: Failure }
    ));
