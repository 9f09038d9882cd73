import type { OnPage, PagePresenceNews } from '../data/wire/page-presence.ts';

/** Who is on the page that a beat told of, by chat: the beat's answer, and what is heard until the next one. */
export interface PageNeighbours {
  /** A beat goes out for this page; null: for none. */
  ask(chatId: string, page: string | null): void;
  /** Its answer. */
  take(chatId: string, page: string | null, answer: OnPage): void;
  hear(news: PagePresenceNews): void;
  /** Ids of those who are on the page, as far as that is the one last asked for. */
  on(chatId: string, page: string | null): readonly string[];
  /** Lets go of those who were not heard for long. */
  forget(): void;
}

interface Deps {
  now(): number;
  onChange(chatId: string): void;
}

/** How long somebody counts as being there after they came; the server counts the same from each of their beats. */
const LASTS = 60_000;

interface Asked {
  readonly page: string;
  /** By which news of it are known; null until the first answer. */
  visit: string | null;
  readonly until: Map<string, number>;
  /** Heard since the last beat went out: newer than what its answer says, and perhaps still of another page. */
  since: PagePresenceNews[];
}

export function createPageNeighbours({ now, onChange }: Deps): PageNeighbours {
  const chats = new Map<string, Asked>();

  function fold({ until, visit }: Asked, { visit: heard, userId, here }: PagePresenceNews): void {
    if (heard !== visit) return;
    if (here) until.set(userId, now() + LASTS);
    else until.delete(userId);
  }

  return {
    ask(chatId, page) {
      const asked = chats.get(chatId);
      if (asked?.page === page) asked.since = [];
      else if (page !== null) chats.set(chatId, { page, visit: null, until: new Map(), since: [] });
      else if (!chats.delete(chatId)) return;
      onChange(chatId);
    },
    take(chatId, page, { visit, here }) {
      const asked = chats.get(chatId);
      if (asked === undefined || asked.page !== page) return;
      asked.visit = visit;
      asked.until.clear();
      for (const { userId, seconds } of here) asked.until.set(userId, now() + seconds * 1000);
      for (const news of asked.since) fold(asked, news);
      onChange(chatId);
    },
    hear(news) {
      const asked = chats.get(news.chatId);
      if (asked === undefined) return;
      asked.since.push(news);
      fold(asked, news);
      onChange(news.chatId);
    },
    on(chatId, page) {
      const asked = chats.get(chatId);
      return asked !== undefined && asked.page === page ? [...asked.until.keys()] : [];
    },
    forget() {
      for (const [chatId, { until }] of chats) {
        const gone = [...until].filter(([, last]) => last < now());
        for (const [userId] of gone) until.delete(userId);
        if (gone.length > 0) onChange(chatId);
      }
    },
  };
}
