import type { Backend } from '../data/backend.ts';
import { beat, readPresence } from '../data/presence.ts';
import type { PresenceNews } from '../data/wire/presence.ts';
import type { PagePanel, PagePresence } from './page-presence.ts';
import { callAfter } from './timers.ts';
import type { Views } from './views.ts';

/** What one panel shows to somebody: a chat, or none, and whether they write there. */
export interface Attendance {
  readonly chatId: string | null;
  readonly typing: boolean;
}

/** Who looks at which chat and who writes there: told for this person, heard of the others. */
export interface Presence {
  /** What a panel shows now. `panel` stays the same object for it. */
  attend(panel: PagePanel, attendance: Attendance): void;
  /** Another page lies beside a panel. */
  move(): void;
  /** Whether somebody can see this chat here. */
  isAttended(chatId: string): boolean;
  hear(news: PresenceNews): void;
  /** Reads who is in a chat already. */
  load(chatId: string): Promise<void>;
}

interface Deps {
  readonly backend: Backend;
  readonly views: Pick<Views, 'emit'>;
  readonly pages: Pick<PagePresence, 'attend' | 'hashFor' | 'isTold' | 'beat' | 'leave' | 'look' | 'forget'>;
  readonly userId: string;
  readonly signal: AbortSignal;
  now(): number;
}

/** How often is looked whether somebody is to be told or forgotten. */
const TICK = 2_000;
/** How often it is said again that somebody is here, or writes; the server counts 70 s. */
const HERE_AGAIN = 25_000;
const TYPING_AGAIN = 4_000;
const RETRY_AFTER = 10_000;
/** How long others count as here, or as writing, after they were last heard. */
const HERE_LASTS = 70_000;
const TYPING_LASTS = 9_000;

interface Told {
  readonly typing: boolean;
  /** The hash of the page beside it. */
  readonly page: string | null;
  readonly at: number;
}

interface Heard {
  readonly typingUntil: number;
  readonly until: number;
}

export function createPresence({ backend, views, pages, userId, signal, now }: Deps): Presence {
  const attendances = new Map<PagePanel, Attendance>();
  const told = new Map<string, Told>();
  /** Chats of which something is being told: one thing after another, or the last word would be whichever arrives last. */
  const busy = new Set<string>();
  const heard = new Map<string, Map<string, Heard>>();
  let isTicking = false;

  function attend(panel: PagePanel, attendance: Attendance): void {
    if (attendance.chatId === null) attendances.delete(panel);
    else attendances.set(panel, attendance);
    pages.attend(panel, attendance.chatId);
    tellAll();
    tick();
  }

  /** By chat, whether somebody writes there. */
  function wanted(): Map<string, boolean> {
    const chats = new Map<string, boolean>();
    for (const { chatId, typing } of attendances.values())
      if (chatId !== null) chats.set(chatId, typing || chats.get(chatId) === true);
    return chats;
  }

  function tellAll(): void {
    const chats = wanted();
    for (const chatId of told.keys()) {
      if (chats.has(chatId) || busy.has(chatId)) continue;
      told.delete(chatId);
      void tell(chatId, null);
    }
    for (const [chatId, typing] of chats) {
      if (busy.has(chatId)) continue;
      const page = pages.hashFor(chatId);
      const last = told.get(chatId);
      const age = last === undefined ? Number.POSITIVE_INFINITY : now() - last.at;
      const isSame = last?.typing === typing && last.page === page;
      if (isSame && age < (typing ? TYPING_AGAIN : HERE_AGAIN)) continue;
      // A page may have become another one without anybody saying so.
      if (isSame) pages.look(chatId);
      const next = { typing, page, at: now() };
      told.set(chatId, next);
      void tell(chatId, next);
    }
  }

  /** Null: nobody looks at the chat here any more. */
  async function tell(chatId: string, next: Told | null): Promise<void> {
    busy.add(chatId);
    try {
      if (next === null) {
        pages.leave(chatId);
        await beat(backend, chatId, { here: false, typing: false });
      } else if (next.page !== null || pages.isTold(chatId)) await pages.beat(chatId, next);
      else await beat(backend, chatId, { here: true, typing: next.typing });
    } catch {
      busy.delete(chatId);
      if (next !== null && told.get(chatId) === next)
        told.set(chatId, { ...next, at: now() - HERE_AGAIN + RETRY_AFTER });
      // Others are tried again by the clock, which stops when nobody looks any more.
      if (next === null || wanted().has(chatId)) return;
    }
    busy.delete(chatId);
    tellAll();
  }

  function hear({ chatId, userId: who, here, typing }: PresenceNews): void {
    if (who === userId) return;
    const people = heard.get(chatId) ?? new Map<string, Heard>();
    heard.set(chatId, people);
    if (here) {
      const lasts = { until: now() + HERE_LASTS, typingUntil: typing ? now() + TYPING_LASTS : 0 };
      people.set(who, lasts);
    } else people.delete(who);
    views.emit(chatId, { name: 'presence', userId: who, presence: here ? (typing ? 'typing' : 'here') : null });
    tick();
  }

  /** Lets go of those who were not heard for long. */
  function forget(): void {
    for (const [chatId, people] of heard) {
      for (const [who, { until, typingUntil }] of people) {
        if (until < now()) {
          people.delete(who);
          views.emit(chatId, { name: 'presence', userId: who, presence: null });
        } else if (typingUntil !== 0 && typingUntil < now()) {
          people.set(who, { until, typingUntil: 0 });
          views.emit(chatId, { name: 'presence', userId: who, presence: 'here' });
        }
      }
      if (people.size === 0) heard.delete(chatId);
    }
  }

  function tick(): void {
    if (isTicking || (attendances.size === 0 && heard.size === 0)) return;
    isTicking = true;
    callAfter(TICK, signal, () => {
      isTicking = false;
      tellAll();
      forget();
      pages.forget();
      tick();
    });
  }

  return {
    attend,
    move: tellAll,
    isAttended: (chatId) => [...attendances.values()].some((attendance) => attendance.chatId === chatId),
    hear,
    async load(chatId) {
      for (const news of await readPresence(backend, chatId)) hear(news);
    },
  };
}
