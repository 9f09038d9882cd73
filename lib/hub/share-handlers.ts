import type { Backend } from '../data/backend.ts';
import { readShare } from '../data/shares.ts';
import { FailureError, failure } from '../model/failure.ts';
import { quoteAnchor, type WholeShare } from '../model/share.ts';
import { findPage } from './page-lookup.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type ShareHandlers = Pick<
  Handlers,
  | 'readPage'
  | 'capturePage'
  | 'stageShare'
  | 'discardShare'
  | 'readShare'
  | 'showShare'
  | 'pageBeside'
  | 'whyBeside'
  | 'takeErrand'
>;

interface Deps {
  readonly backend: Backend;
  readonly session: SessionKeeper;
}

/** Pages and what is shared of them, for panels. A page is read when a panel asks, which does so when its person does. */
export function createShareHandlers({ backend, session }: Deps): ShareHandlers {
  const shares = async () => (await session.workspace()).shares;

  async function find(id: string): Promise<WholeShare> {
    return (await (await shares()).read(id)) ?? readShare(backend, id);
  }

  return {
    readPage: ({ kind }, { host }) => host.readPage(kind),
    capturePage: (_, { host }) => host.capturePage(),

    async stageShare({ chatId, share }) {
      const { hasChat } = await session.workspace();
      if (!hasChat(chatId)) throw new FailureError(failure('not_member'));
      await (await shares()).stage(chatId, share);
      return null;
    },

    async discardShare({ id }) {
      await (await shares()).discard(id);
      return null;
    },

    takeErrand: (_, { host }) => host.takeErrand(),

    readShare: ({ id }) => find(id),

    async showShare({ id, quote }, { host }) {
      const share = await find(id);
      const anchor = quote === undefined ? share.anchor : quoteAnchor(share, quote);
      return host.showPage({ url: share.url, anchor });
    },

    async pageBeside(_, { host }) {
      const page = await host.pageBeside();
      return page === null ? null : { url: page.url, chats: await findPage(backend, page.hash) };
    },

    whyBeside: (_, { host }) => host.whyBeside(),
  };
}
