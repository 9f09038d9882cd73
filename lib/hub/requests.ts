import * as v from 'valibot';
import { DATA_PARTS, REPORT_REASONS } from '../model/account.ts';
import { MAX_CODE_CHARACTERS } from '../model/family.ts';
import { MAX_FILE_BYTES } from '../model/files.ts';
import { MAX_MEMORY_CHARACTERS } from '../model/memory.ts';
import { MAX_PASSAGE_CHARACTERS } from '../model/passage.ts';
import type { AnyRequest, PanelMessage, Params, RequestName } from '../model/protocol.ts';
import { MAX_SHARE_CHARACTERS } from '../model/share.ts';

const id = v.pipe(v.string(), v.uuid());
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const seq = v.pipe(v.number(), v.integer(), v.minValue(0));
const email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(320));
const token = text(200);
const nothing = v.object({});
/** Longer than any message may be: how long it may be is the outbox's word, with the count. */
const body = text(1_000_000);

const inviteOptions = v.object({
  expiresIn: v.nullable(v.picklist(['1 hour', '1 day', '7 days', '30 days'])),
  maxUses: v.nullable(v.picklist([1, 5, 20])),
  needsApproval: v.boolean(),
  history: v.picklist(['all', 'last50', 'none']),
});

const clockTime = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const quietHours = v.pipe(
  v.object({ from: clockTime, to: clockTime }),
  v.check(({ from, to }) => from !== to),
);

const passage = v.object({
  url: v.pipe(text(2_000), v.regex(/^https?:\/\/\S+$/)),
  quote: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PASSAGE_CHARACTERS))),
});

const share = v.object({
  id,
  kind: v.picklist(['article', 'selection', 'screenshot']),
  url: v.pipe(text(2_000), v.regex(/^https?:\/\/\S+$/)),
  title: v.pipe(text(600), v.regex(/\S/)),
  author: v.nullable(text(600)),
  publishedAt: v.nullable(text(40)),
  language: v.nullable(text(35)),
  text: text(2 * MAX_SHARE_CHARACTERS),
  anchor: v.nullable(
    v.object({ exact: text(2 * MAX_SHARE_CHARACTERS), prefix: text(128), suffix: text(128), start: seq, end: seq }),
  ),
  screenshotId: v.nullable(id),
});

/** What each request must look like. Limits here keep nonsense out; those that people meet are decided where they can be named. */
const PARAMS: { readonly [N in RequestName]: v.GenericSchema<unknown, Params<N>> } = {
  signUp: v.object({ email, password: text(1000) }),
  signIn: v.object({ email, password: text(1000) }),
  requestCode: v.object({ email }),
  verifyCode: v.object({ email, code: v.pipe(v.string(), v.trim(), v.maxLength(20)) }),
  signOut: nothing,
  setBirthDate: v.object({ date: v.pipe(v.string(), v.isoDate()) }),
  makeGuardianCode: nothing,
  lookAtGuardianCode: v.object({ code: text(MAX_CODE_CHARACTERS) }),
  acceptGuardian: v.object({ code: text(MAX_CODE_CHARACTERS) }),
  setGroupChats: v.object({ minorId: id, on: v.boolean() }),
  endGuardianship: v.object({ minorId: id }),
  readMemories: nothing,
  saveMemory: v.object({ id, body: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_MEMORY_CHARACTERS)) }),
  forgetMemory: v.object({ id }),
  rememberMessage: v.object({ id, messageId: id }),
  setMemoriesOn: v.object({ on: v.boolean() }),
  usernameAvailable: v.object({ username: text(100) }),
  saveProfile: v.object({
    displayName: text(1000),
    username: text(100),
    avatar: v.variant('kind', [
      v.object({ kind: v.picklist(['keep', 'generated']) }),
      v.object({ kind: v.literal('image'), dataUrl: text(1_000_000) }),
    ]),
  }),
  avatar: v.object({ path: text(300) }),
  createChat: v.object({ id, kind: v.picklist(['solo', 'group']), title: text(1000) }),
  copyChat: v.object({ chatId: id, id, title: text(1000) }),
  watch: v.object({ chatId: v.nullable(id) }),
  setVisible: v.object({ visible: v.boolean() }),
  loadOlder: v.object({ chatId: id, beforeSeq: seq }),
  loadNewer: v.object({ chatId: id, afterSeq: seq }),
  loadAround: v.object({ chatId: id, seq: v.nullable(seq) }),
  search: v.object({
    text: text(500),
    chatId: v.nullable(id),
    from: v.nullable(text(100)),
    page: v.exactOptional(v.nullable(text(500))),
    before: v.nullable(id),
  }),
  send: v.object({
    id,
    chatId: id,
    body,
    target: v.picklist(['default', 'people']),
    replyTo: v.nullable(id),
    fileIds: v.exactOptional(v.array(id)),
    shareIds: v.exactOptional(v.array(id)),
  }),
  stageFile: v.object({
    chatId: id,
    file: v.object({
      id,
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
      contentType: text(255),
      size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_FILE_BYTES)),
      width: v.nullable(seq),
      height: v.nullable(seq),
      hasThumbnail: v.boolean(),
    }),
    thumbnail: v.nullable(text(400_000)),
  }),
  stagePart: v.object({ id, index: seq, data: text(1_000_000) }),
  discardFile: v.object({ id }),
  retryFile: v.object({ id }),
  readAttachment: v.object({ chatId: id, id, part: v.picklist(['file', 'thumbnail']), offset: seq }),
  readPage: v.object({ kind: v.picklist(['article', 'selection']) }),
  capturePage: nothing,
  stageShare: v.object({ chatId: id, share }),
  discardShare: v.object({ id }),
  readShare: v.object({ id }),
  showShare: v.object({ id, quote: v.exactOptional(text(MAX_PASSAGE_CHARACTERS)) }),
  pageBeside: nothing,
  whyBeside: nothing,
  takeErrand: nothing,
  resend: v.object({ id }),
  discard: v.object({ id }),
  saveDraft: v.object({ chatId: id, text: body }),
  attend: v.object({ chatId: v.nullable(id), typing: v.boolean() }),
  markRead: v.object({ chatId: id, seq }),
  createInvite: v.object({
    chatId: id,
    options: v.exactOptional(inviteOptions),
    page: v.exactOptional(v.nullable(passage)),
  }),
  readPassage: nothing,
  openPassage: v.object({ passage }),
  resetInvites: v.object({ chatId: id }),
  previewInvite: v.object({ token }),
  redeemInvite: v.object({ token }),
  answerRequest: v.object({ chatId: id, userId: id, accept: v.boolean() }),
  withdrawRequest: v.object({ chatId: id }),
  dismissIntent: nothing,
  removeMember: v.object({ chatId: id, userId: id }),
  leaveChat: v.object({ chatId: id }),
  renameChat: v.object({ chatId: id, title: text(1000) }),
  setInstructions: v.object({ chatId: id, instructions: text(100_000) }),
  readPagePresence: v.object({ chatId: id }),
  setPagePresence: v.object({ chatId: id, on: v.boolean() }),
  setNotificationLevel: v.object({ chatId: id, level: v.picklist(['all', 'mentions', 'none']) }),
  setArchived: v.object({ chatId: id, archived: v.boolean() }),
  clearChat: v.object({ chatId: id }),
  deleteChat: v.object({ chatId: id, title: text(1000) }),
  handOver: v.object({ chatId: id, userId: id }),
  setReaction: v.object({ chatId: id, messageId: id, emoji: text(100), on: v.boolean() }),
  editMessage: v.object({ chatId: id, messageId: id, body }),
  deleteMessage: v.object({ chatId: id, messageId: id }),
  readVersions: v.object({ messageId: id }),
  setQuietHours: v.object({ hours: v.nullable(quietHours) }),
  reportMessage: v.object({ messageId: id, reason: v.picklist(REPORT_REASONS), comment: text(10_000) }),
  setBlocked: v.object({ userId: id, blocked: v.boolean() }),
  readLog: v.object({ chatId: id, before: v.nullable(seq) }),
  readRetention: v.object({ chatId: id }),
  setRetention: v.object({ chatId: id, days: v.nullable(seq) }),
  readSessions: nothing,
  endSession: v.object({ id: v.nullable(id) }),
  readMyData: v.object({ part: v.picklist(DATA_PARTS), after: v.nullable(text(300)) }),
  deleteAccount: v.object({
    typed: text(320),
    messages: v.picklist(['remove', 'keep']),
    files: v.picklist(['remove', 'keep']),
  }),
  setReplyMode: v.object({ chatId: id, mode: v.picklist(['automatic', 'mention', 'off']) }),
  tuneReplies: v.object({ chatId: id, step: v.picklist([1, -1]) }),
  readReceipt: v.object({ messageId: id }),
  readReplyFailure: v.object({ messageId: id }),
  readModels: v.object({ chatId: id }),
  readLikeness: nothing,
  setLikeness: v.object({ allowed: v.boolean() }),
  pinModel: v.object({ chatId: id, slot: v.nullable(v.picklist(['small', 'standard', 'large'])) }),
  readSilence: v.object({ messageId: id }),
  transcribe: v.object({ audio: v.array(text(40_000_000)) }),
  stopReply: v.object({ jobId: id }),
  retryReply: v.object({ messageId: id }),
  openSurface: v.object({ surface: v.picklist(['side-panel', 'window']) }),
  takeKeys: nothing,
  closeOverlay: nothing,
  resizeOverlay: v.object({ width: v.pipe(v.number(), v.minValue(0), v.maxValue(100_000)) }),
};

const hello = v.object({
  type: v.literal('hello'),
  surface: v.picklist(['overlay', 'side-panel', 'window', 'page']),
  pass: v.nullable(text(200)),
});
const request = v.object({ type: v.literal('request'), id: seq, name: v.string(), params: v.unknown() });

export type Parsed =
  | { readonly type: 'hello'; readonly hello: Extract<PanelMessage, { type: 'hello' }> }
  | { readonly type: 'request'; readonly id: number; readonly request: AnyRequest }
  /** A request that cannot be understood, but answered. */
  | { readonly type: 'bad'; readonly id: number };

/** What came over a port, checked; null for what is none of ours. */
export function parsePanelMessage(message: unknown): Parsed | null {
  const greeting = v.safeParse(hello, message);
  if (greeting.success) return { type: 'hello', hello: greeting.output };
  const asked = v.safeParse(request, message);
  if (!asked.success) return null;
  const { id: requestId, name, params } = asked.output;
  const schema = Object.hasOwn(PARAMS, name) ? PARAMS[name as RequestName] : undefined;
  const parsed = schema && v.safeParse(schema, params);
  if (!parsed?.success) return { type: 'bad', id: requestId };
  return { type: 'request', id: requestId, request: { name, params: parsed.output } as AnyRequest };
}
