/** What the product is about, as all layers above the wire know it. Times are ISO 8601 strings in UTC. */
import type { Passage } from './passage.ts';
import type { Share } from './share.ts';
import { shownName } from './shown-name.ts';

export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly username: string;
  /** Object in the avatars bucket; null draws a generated picture. */
  readonly avatarPath: string | null;
}

export interface Member extends Person {
  readonly role: 'creator' | 'member';
  readonly joinedAt: string;
}

/** Somebody who opened an invite that needs approval. */
export interface JoinRequest extends Person {
  readonly createdAt: string;
}

/** A group that this person asked to be let into. */
export interface Waiting {
  readonly chatId: string;
  readonly title: string;
  readonly createdAt: string;
}

export type ChatKind = 'solo' | 'group';
/** When the AI answers without being told otherwise by a message's target. */
export type ReplyMode = 'automatic' | 'mention' | 'off';
/** `people`: the AI does not answer this message. */
export type MessageTarget = 'default' | 'people';
export type NotificationLevel = 'all' | 'mentions' | 'none';

export interface Chat {
  readonly id: string;
  readonly kind: ChatKind;
  /** Never empty for a group. */
  readonly title: string;
  readonly instructions: string;
  readonly replyMode: ReplyMode;
  /** Part of the Realtime topic; rises whenever a member goes. */
  readonly epoch: number;
  readonly creatorId: string | null;
  readonly createdAt: string;
}

export interface ChatSummary extends Chat {
  /** Seq of the latest change on the server, as last heard. */
  readonly lastSeq: number;
  readonly lastReadSeq: number;
  /** Messages by others after lastReadSeq, at most 100. */
  readonly unread: number;
  readonly memberCount: number;
  readonly notificationLevel: NotificationLevel;
  readonly lastMessage: Message | null;
  /** Whether an unread message addresses this person: by name, with everyone, or as an answer. */
  readonly mentioned: boolean;
  /** Put away by this person; shown apart from the others. */
  readonly archived: boolean;
  /** How many people wait to be let in. */
  readonly pendingRequests: number;
}

export type Notice =
  | { readonly type: 'created' | 'copied' | 'left'; readonly userId: string }
  /** `by`: who let them in, or handed the role over. */
  | { readonly type: 'joined' | 'creator'; readonly userId: string; readonly by: string | null }
  | { readonly type: 'removed'; readonly userId: string; readonly by: string | null }
  | { readonly type: 'renamed'; readonly by: string | null; readonly before: string; readonly after: string }
  | { readonly type: 'instructions'; readonly by: string | null }
  /** `days`: how long messages are kept; null: for ever. */
  | { readonly type: 'retention'; readonly by: string | null; readonly days: number | null }
  | { readonly type: 'reply_mode'; readonly by: string | null; readonly mode: ReplyMode };

/** One kind of reaction to a message, with everyone who gave it. */
export interface Reaction {
  readonly emoji: string;
  /** In the order in which they reacted; never empty. */
  readonly userIds: readonly string[];
}

/** A file that goes with a message; its bytes are read by its id. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  /** As the sender named it. What is shown is decided by the bytes. */
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** In pixels, for pictures. */
  readonly width: number | null;
  readonly height: number | null;
  readonly hasThumbnail: boolean;
}

/** A web page that an answer of the AI cites. */
export interface Source {
  readonly title: string;
  /** http or https. */
  readonly url: string;
  /** The page share that was read; without one, the web was searched. */
  readonly shareId?: string;
  /** What the answer quotes of it, and whether that is there. */
  readonly quotes?: readonly QuotedPassage[];
}

export interface QuotedPassage {
  readonly text: string;
  readonly found: boolean;
}

export interface Message {
  readonly id: string;
  readonly chatId: string;
  /** Order within the chat, the same for everybody. */
  readonly seq: number;
  readonly kind: 'member' | 'assistant' | 'system';
  readonly authorId: string | null;
  readonly body: string;
  readonly target: MessageTarget;
  /** Other than complete only for the AI's messages. */
  readonly status: 'complete' | 'stopped' | 'failed';
  readonly replyTo: string | null;
  /** Present exactly when kind is system. */
  readonly notice: Notice | null;
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  /** Members whom it addresses: by name, or by answering them. */
  readonly mentions: readonly string[];
  /** Whether it addresses everyone. */
  readonly mentionsAll: boolean;
  /** First given first. */
  readonly reactions: readonly Reaction[];
  readonly attachments: readonly Attachment[];
  readonly shares: readonly Share[];
  /** Of an answer, in the order of their numbers. */
  readonly sources: readonly Source[];
}

/** A wording that was replaced by an edit. */
export interface MessageVersion {
  readonly body: string;
  readonly replacedAt: string;
}

/** One entry of a chat's log with the entity's present state: folding a change twice, or a newer one first, does no harm. */
export type Change = { readonly chatId: string; readonly seq: number } & (
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'member'; readonly userId: string; readonly member: Member | null }
  | { readonly kind: 'chat'; readonly chat: Chat }
  /** Null: answered or taken back. */
  | { readonly kind: 'request'; readonly userId: string; readonly request: JoinRequest | null }
);

/** reading: files; reading_page, reading_pages: what was shared of pages; searching: the web; drawing: a picture. */
export type ReplyStatus = 'reading' | 'reading_page' | 'reading_pages' | 'searching' | 'drawing';

/** A reply of the AI that has not ended yet. Its message will come under `messageId`. */
export interface Reply {
  readonly jobId: string;
  readonly chatId: string;
  readonly messageId: string;
  readonly triggerMessageId: string;
  readonly askerId: string | null;
  readonly state: 'queued' | 'running';
  /** Counts from 1 when running; a new attempt starts with empty text. */
  readonly attempt: number;
  readonly stopping: boolean;
  /** What it does besides thinking and writing. */
  readonly status: ReplyStatus | null;
  /** What has been said so far. */
  readonly text: string;
}

/** Why the AI spoke by itself, or stayed silent. */
export interface Decision {
  readonly by: 'rules' | 'gate';
  readonly action: 'reply' | 'react' | 'silent';
  /** A word of the database's rules, or a few words of the model's. */
  readonly reason: string;
  /** How sure it was to speak, and had to be; from 0 to 1. */
  readonly confidence: number | null;
  readonly threshold: number | null;
}

/** A model by what it is for. */
export type ModelSlot = 'small' | 'standard' | 'large';

/** Which model answered, and why. */
export interface ModelRoute {
  readonly slot: ModelSlot;
  /** Nothing fills the slot, so the standard model answered. */
  readonly missing: boolean;
  readonly effort: string | null;
  /** Whether the person answered had chosen it themselves. */
  readonly pinned: boolean;
  readonly difficulty: 'easy' | 'normal' | 'hard' | null;
  /** What spoke for it; nothing did for the usual one. */
  readonly because: {
    readonly plan: string | null;
    readonly difficulty: 'easy' | 'normal' | 'hard' | null;
    /** How many tokens at least. */
    readonly tokens: number | null;
    readonly images: boolean | null;
    readonly files: boolean | null;
  };
}

/** What a person may have answer them in a chat. */
export interface ModelChoice {
  /** Whether their plan leaves the choice to them. */
  readonly mayPin: boolean;
  /** Null: Sideroom chooses. */
  readonly pinned: ModelSlot | null;
  readonly models: readonly { readonly slot: ModelSlot; readonly name: string }[];
}

/** Whether the AI may look at a person's profile picture to make pictures of them. */
export interface Likeness {
  readonly allowed: boolean;
  /** Whether that could make a difference: the AI makes pictures here, and the person is grown up. */
  readonly offered: boolean;
}

/** Why an answer did not come. */
export interface ReplyFailure {
  readonly error: ReplyError;
  /** When asking again may help, where the service said so. */
  readonly retryAt: string | null;
}

export type ReplyError =
  | 'unreachable'
  | 'unauthorized'
  | 'limited'
  | 'credit'
  | 'too_long'
  | 'refused'
  | 'model'
  | 'crashed'
  | 'unknown';

/** What an answer of the AI was made of. */
export interface Receipt {
  /** Who was answered. */
  readonly askerId: string | null;
  /** Null: it was asked. */
  readonly decision: Decision | null;
  readonly made: {
    readonly model: string | null;
    readonly rules: string;
    /** How many messages it read. */
    readonly messages: number;
    /** And how many page shares. */
    readonly pages: number;
    readonly inputTokens: number | null;
    readonly outputTokens: number | null;
    /** Of the question whether to speak; null: it was not put to a model. */
    readonly gateInputTokens: number | null;
    readonly gateOutputTokens: number | null;
    /** All in all, in millionths of the currency; null: unknown, because somebody has yet to write the prices down. */
    readonly costMicros: number | null;
    readonly currency: string | null;
    /** Why this model; null: there was nothing to choose from. */
    readonly route: ModelRoute | null;
    readonly firstMs: number | null;
    readonly totalMs: number;
  } | null;
}

/** The AI's place among those who reacted. */
export const AI_REACTOR = 'ai';

/** A piece of a running reply. `offset` is the length in characters (code points) of what came before it. */
export interface Delta {
  readonly jobId: string;
  readonly chatId: string;
  readonly messageId: string;
  readonly attempt: number;
  readonly offset: number;
  readonly text: string;
}

export interface InvitePreview {
  readonly title: string;
  readonly memberCount: number;
  readonly maxMembers: number;
  readonly inviter: string | null;
  /** Set when the person looking is a member already. */
  readonly chatId: string | null;
  /** Whether a member lets people in one by one. */
  readonly needsApproval: boolean;
  /** Whether the person looking has asked and was not answered yet. */
  readonly waiting: boolean;
  /** The page to which whoever joins is taken. */
  readonly page: Passage | null;
}

/** How an invite may be used. */
export interface InviteOptions {
  /** Null: until it is reset. */
  readonly expiresIn: '1 hour' | '1 day' | '7 days' | '30 days' | null;
  /** How many people may come by it; null: any number. */
  readonly maxUses: 1 | 5 | 20 | null;
  readonly needsApproval: boolean;
  /** What people who join see of what was said before. */
  readonly history: 'all' | 'last50' | 'none';
}

export const USUAL_INVITE: InviteOptions = { expiresIn: '1 day', maxUses: null, needsApproval: false, history: 'all' };

export const MAX_MEMBERS = 20;

/** Longest name of a chat, in characters. */
export const MAX_TITLE_CHARACTERS = 80;

/** Longest instructions for the AI, in characters. */
export const MAX_INSTRUCTIONS_CHARACTERS = 8_000;

/** What a chat is called, as it is seen; solo chats may have no title of their own. */
export function titleOf({ kind, title }: Pick<Chat, 'kind' | 'title'>): string {
  return shownName(title, kind === 'solo' ? 'Chat with Sideroom' : 'Group');
}
