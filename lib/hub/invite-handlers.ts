import type { Backend } from '../data/backend.ts';
import { createInvite, previewInvite, redeemInvite, resetInvites } from '../data/invites.ts';
import { answerRequest, withdrawRequest } from '../data/join-requests.ts';
import { USUAL_INVITE } from '../model/chat.ts';
import type { HubConfig } from './deps.ts';
import type { Intents } from './intents.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type InviteHandlers = Pick<
  Handlers,
  | 'createInvite'
  | 'resetInvites'
  | 'previewInvite'
  | 'redeemInvite'
  | 'answerRequest'
  | 'withdrawRequest'
  | 'dismissIntent'
>;

interface Deps {
  readonly config: HubConfig;
  readonly backend: Backend;
  readonly session: SessionKeeper;
  readonly intents: Intents;
}

/** The ways into a group, for panels. */
export function createInviteHandlers({ config, backend, session, intents }: Deps): InviteHandlers {
  return {
    async createInvite({ chatId, options = USUAL_INVITE, page = null }) {
      const { token, expiresAt } = await createInvite(backend, chatId, options, page);
      return { url: `${config.joinUrl}#${token}`, expiresAt };
    },

    async resetInvites({ chatId }) {
      await resetInvites(backend, chatId);
      return null;
    },

    previewInvite: ({ token }) => previewInvite(backend, token),

    async redeemInvite({ token }) {
      const { sync, waiting } = await session.workspace();
      const redemption = await redeemInvite(backend, token);
      if (redemption.waiting) {
        await waiting.read();
        return redemption;
      }
      await intents.dismiss();
      // On the list before the answer, so that the panel can show it.
      await sync.sweep();
      return redemption;
    },

    async answerRequest({ chatId, userId, accept }) {
      const { sync } = await session.workspace();
      await answerRequest(backend, chatId, userId, accept);
      await sync.catchUp(chatId);
      return null;
    },

    async withdrawRequest({ chatId }) {
      const { waiting } = await session.workspace();
      await withdrawRequest(backend, chatId);
      await waiting.read();
      return null;
    },

    async dismissIntent() {
      await intents.dismiss();
      return null;
    },
  };
}
