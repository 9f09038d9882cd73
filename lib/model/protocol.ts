/**
 * The contract between hub and panel: what crosses the port, in both directions. Everything is structured-clonable.
 *
 * A panel says `hello`; the hub answers `welcome` with the whole app state, or `refused`. From then on the hub pushes changes, and
 * the panel makes requests that are answered by id. A port may break at any moment (the worker was ended): the panel connects
 * again, says hello, watches its chat again and repeats unanswered requests; every request is safe to repeat.
 */
import type {
  ChatKind,
  ChatSummary,
  InviteOptions,
  InvitePreview,
  MessageTarget,
  NotificationLevel,
  Person,
  Waiting,
} from './chat.ts';
import type { ChatEvent, ChatView } from './chat-view.ts';
import type { Failure } from './failure.ts';
import type { Piece } from './piece.ts';
import type { SearchPage, SearchQuery } from './search.ts';

export const PORT_NAME = 'sideroom-panel';

/** Where a panel is shown. */
export type Surface = 'overlay' | 'side-panel' | 'window';

export type Session =
  | { readonly name: 'starting' }
  | { readonly name: 'signed-out'; readonly failure: Failure | null }
  | { readonly name: 'needs-profile'; readonly userId: string; readonly email: string }
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
  usernameAvailable: { params: { username: string }; result: boolean };
  saveProfile: { params: { displayName: string; username: string; avatar: AvatarChoice }; result: null };
  /** The picture as data URL, or null when there is none (any more). */
  avatar: { params: { path: string }; result: string | null };
  createChat: { params: { id: string; kind: ChatKind; title: string }; result: null };
  /** Which chat this panel shows; the hub sends its view and then its events. Null: none. */
  watch: { params: { chatId: string | null }; result: null };
  loadOlder: { params: { chatId: string; beforeSeq: number }; result: Pick<Piece, 'messages' | 'hasOlder'> };
  loadNewer: { params: { chatId: string; afterSeq: number }; result: Pick<Piece, 'messages' | 'hasNewer'> };
  /** What stands around a seq; null: the end of the chat. */
  loadAround: { params: { chatId: string; seq: number | null }; result: Piece };
  search: { params: SearchQuery; result: SearchPage };
  /** Answered as soon as the entry is stored in the outbox; the draft is cleared with it. */
  send: {
    params: { id: string; chatId: string; body: string; target: MessageTarget; replyTo: string | null };
    result: null;
  };
  resend: { params: { id: string }; result: null };
  /** Takes an unsent entry back. */
  discard: { params: { id: string }; result: null };
  saveDraft: { params: { chatId: string; text: string }; result: null };
  markRead: { params: { chatId: string; seq: number }; result: null };
  /** Without options: a day, for any number of people, who see everything. */
  createInvite: { params: { chatId: string; options?: InviteOptions }; result: Invite };
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
  setArchived: { params: { chatId: string; archived: boolean }; result: null };
  /** Deletes a chat for everyone; `title` is what the creator of a group typed. */
  deleteChat: { params: { chatId: string; title: string }; result: null };
  /** Makes another member the creator. */
  handOver: { params: { chatId: string; userId: string }; result: null };
  /** Turns a recording into text: its parts in base64, in order. Nothing of it is kept. */
  transcribe: { params: { audio: readonly string[] }; result: { text: string } };
  stopReply: { params: { jobId: string }; result: null };
  retryReply: { params: { messageId: string }; result: null };
  /** Opens the same panel elsewhere; from an overlay the chat in view goes along. */
  openSurface: { params: { surface: 'side-panel' | 'window' }; result: null };
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
  /** The watched chat is not (or no longer) one of this person's. */
  | { readonly type: 'chat-gone'; readonly chatId: string }
  | ({ readonly type: 'response'; readonly id: number } & (
      | { readonly ok: true; readonly value: unknown }
      | { readonly ok: false; readonly failure: Failure }
    ));
