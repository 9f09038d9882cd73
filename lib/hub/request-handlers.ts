import type { Auth } from '../data/auth.ts';
import type { Backend } from '../data/backend.ts';
import { removeMember } from '../data/chats.ts';
import { pinModel, readLikeness, writeLikeness } from '../data/models.ts';
import { isUsernameAvailable } from '../data/profiles.ts';
import {
  pokeReply,
  readReceipt,
  readReplyFailure,
  readSilence,
  retryReply,
  setReplyMode,
  stopReply,
  tuneReplies,
} from '../data/replies.ts';
import { writeDraft } from '../data/store/drafts.ts';
import type { Store } from '../data/store/store.ts';
import { FailureError, failure } from '../model/failure.ts';
import { passageUrl } from '../model/passage.ts';
import type { Params, RequestName, Result, Surface } from '../model/protocol.ts';
import { createAccountHandlers } from './account-handlers.ts';
import type { Avatars } from './avatars.ts';
import { createChatHandlers } from './chat-handlers.ts';
import type { HubConfig, PanelHost } from './deps.ts';
import { createFileHandlers } from './file-handlers.ts';
import type { Intents } from './intents.ts';
import { createInviteHandlers } from './invite-handlers.ts';
import { messageBody } from './message-body.ts';
import { createMessageHandlers } from './message-handlers.ts';
import { findModels } from './models.ts';
import { createSafetyHandlers } from './safety-handlers.ts';
import type { SessionKeeper } from './session.ts';
import { createShareHandlers } from './share-handlers.ts';
import { createSpeechHandlers } from './speech-handlers.ts';
import type { Watcher } from './views.ts';

/** A panel that was admitted. */
export interface Panel extends Watcher {
  readonly host: PanelHost;
  readonly surface: Surface;
  /** The chat that it shows. */
  chatId: string | null;
  /** Whether somebody can see it. */
  visible: boolean;
}

/** What the hub does for panels, by the requests' names. */
export type Handlers = {
  readonly [N in RequestName]: (params: Params<N>, panel: Panel) => Promise<Result<N>> | Result<N>;
};

interface Deps {
  readonly config: HubConfig;
  readonly store: Store;
  readonly auth: Auth;
  readonly backend: Backend;
  readonly session: SessionKeeper;
  readonly avatars: Avatars;
  readonly intents: Intents;
  now(): number;
}

export function createHandlers({ config, store, auth, backend, session, avatars, intents, now }: Deps): Handlers {
  /** What is in view needs no notification any more. */
  function seen({ chatId, visible }: Panel): void {
    if (visible && chatId !== null) session.present()?.notifier.see(chatId);
  }

  return {
    signUp: ({ email, password }) => session.signUp(email, password).then(done),
    signIn: ({ email, password }) => session.signIn(email, password).then(done),
    requestCode: ({ email }) => auth.requestCode(email).then(done),
    verifyCode: ({ email, code }) => session.verifyCode(email, code).then(done),
    signOut: () => session.signOut().then(done),

    usernameAvailable: ({ username }) => isUsernameAvailable(backend, username),
    saveProfile: (profile) => session.saveProfile(profile).then(done),
    avatar: ({ path }) => avatars.read(path),

    async createChat(chat) {
      await (await session.workspace()).actions.create(chat);
      return null;
    },

    async watch({ chatId }, panel) {
      panel.chatId = chatId;
      const { presence, sweeper, views, hasChat } = await session.workspace();
      // Meanwhile the panel may have gone on to another chat.
      if (panel.chatId !== chatId) return null;
      views.watch(panel, chatId);
      seen(panel);
      if (chatId !== null && !hasChat(chatId)) sweeper.now();
      if (chatId !== null) presence.load(chatId).catch(() => {});
      await intents.rememberChat(chatId);
      return null;
    },

    setVisible({ visible }, panel) {
      panel.visible = visible;
      seen(panel);
      return null;
    },

    loadOlder: async ({ chatId, beforeSeq }) => (await session.workspace()).pages.older(chatId, beforeSeq),
    loadNewer: async ({ chatId, afterSeq }) => (await session.workspace()).pages.newer(chatId, afterSeq),
    loadAround: async ({ chatId, seq }) => (await session.workspace()).pages.around(chatId, seq),

    search: async (query) => (await session.workspace()).search(query),

    async send({ id, chatId, body, target, replyTo, fileIds = [], shareIds = [] }) {
      const text = messageBody(body, fileIds.length + shareIds.length > 0);
      const { files, shares, outbox, sync, views, hasChat } = await session.workspace();
      // A worker that was ended right after the chat came had not stored it yet: the server knows.
      if (!hasChat(chatId)) await sync.sweep();
      if (!hasChat(chatId)) throw new FailureError(failure('not_member'));
      // Asked again after a break: the entry is there, and its files are taken.
      if (outbox.entriesOf(chatId).some((entry) => entry.id === id)) return null;
      // Or it has arrived by now, and its files went with it.
      if (!files.hasAll(fileIds) && (await outbox.hasArrived(id))) return null;
      const taken = files.take(fileIds);
      const takenShares = shares.take(shareIds);
      views.noteDraft(chatId, '');
      await outbox.add({
        id,
        chatId,
        body: text,
        target,
        replyTo,
        files: taken,
        shares: takenShares,
        createdAt: new Date(now()).toISOString(),
      });
      return null;
    },

    async resend({ id }) {
      (await session.workspace()).outbox.resend(id);
      return null;
    },

    async discard({ id }) {
      await (await session.workspace()).outbox.discard(id);
      return null;
    },

    async saveDraft({ chatId, text }) {
      const { userId, views } = await session.workspace();
      views.noteDraft(chatId, text);
      await writeDraft(store, userId, chatId, text);
      return null;
    },

    async attend(attendance, panel) {
      (await session.workspace()).presence.attend(panel, attendance);
      return null;
    },

    async markRead({ chatId, seq }) {
      (await session.workspace()).actions.markRead(chatId, seq);
      return null;
    },

    ...createAccountHandlers({ backend, session }),
    ...createInviteHandlers({ config, backend, session, intents }),
    ...createChatHandlers({ backend, session }),
    ...createMessageHandlers({ backend, session }),
    ...createFileHandlers({ backend, session }),
    ...createShareHandlers({ backend, session }),
    ...createSpeechHandlers({ backend }),
    ...createSafetyHandlers({ backend, session }),

    async removeMember({ chatId, userId }) {
      const { sync } = await session.workspace();
      await removeMember(backend, chatId, userId);
      // The chat goes on under a new epoch.
      await sync.sweep();
      return null;
    },

    async leaveChat({ chatId }) {
      await (await session.workspace()).actions.leave(chatId);
      return null;
    },

    async setQuietHours({ hours }) {
      await (await session.workspace()).quietHours.set(hours);
      return null;
    },

    async setReplyMode({ chatId, mode }) {
      await setReplyMode(backend, chatId, mode);
      await (await session.workspace()).sync.catchUp(chatId);
      return null;
    },
    tuneReplies: ({ chatId, step }) => tuneReplies(backend, chatId, step).then(done),
    readReceipt: ({ messageId }) => readReceipt(backend, messageId),
    readSilence: ({ messageId }) => readSilence(backend, messageId),
    readReplyFailure: ({ messageId }) => readReplyFailure(backend, messageId),
    readModels: ({ chatId }) => findModels(backend, chatId),
    readLikeness: () => readLikeness(backend),
    async setLikeness({ allowed }) {
      await writeLikeness(backend, (await session.workspace()).userId, allowed);
      return null;
    },
    pinModel: ({ chatId, slot }) => pinModel(backend, chatId, slot).then(done),

    stopReply: ({ jobId }) => stopReply(backend, jobId).then(done),

    async retryReply({ messageId }) {
      // The poke may fail: the server sweeps what nobody poked.
      pokeReply(backend, await retryReply(backend, messageId)).catch(() => {});
      return null;
    },

    openSurface({ surface }, { host, chatId }) {
      // Before anything else, while the click counts.
      const opening = host.openSurface(surface);
      return Promise.all([opening, intents.rememberChat(chatId)]).then(done);
    },

    readPassage: (_, { host }) => host.readPassage(),
    openPassage: ({ passage }, { host }) => host.openPage(passageUrl(passage)).then(done),
    takeKeys: (_, { host }) => host.takeKeys().then(done),
    closeOverlay: (_, { host }) => host.closeOverlay().then(done),
    resizeOverlay: ({ width }, { host }) => host.resizeOverlay(width).then(done),
  };
}

function done(): null {
  return null;
}
