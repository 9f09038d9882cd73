import type { Backend } from '../data/backend.ts';
import * as data from '../data/page-presence.ts';
import type { OnPage, PagePresenceChoice, PagePresenceNews } from '../data/wire/page-presence.ts';
import { chatPageSalt } from '../model/page-lookup.ts';
import type { HubMessage } from '../model/protocol.ts';
import type { PanelHost } from './deps.ts';
import { createPageNeighbours } from './page-neighbours.ts';

/** A panel, as far as the page beside it is concerned. */
export interface PagePanel {
  readonly host: Pick<PanelHost, 'hashPage' | 'onPage'>;
  post(message: HubMessage): void;
}

/**
 * Who of a group is on the page that lies beside a panel, where this person chose to see and be seen. Of a page only its hash comes
 * here, and only while somebody looks at such a chat beside it.
 */
export interface PagePresence {
  /** Which chat somebody looks at in a panel; null: none. */
  attend(panel: PagePanel, chatId: string | null): void;
  /** Of the page that the chat's next beat is to tell of; null: of none. */
  hashFor(chatId: string): string | null;
  /** Whether the server may still know of a page: the next beat is to say that there is none. */
  isTold(chatId: string): boolean;
  /** The beat for a chat that tells of a page, or of none any more. */
  beat(chatId: string, beat: { readonly typing: boolean; readonly page: string | null }): Promise<void>;
  /** Nobody looks at the chat any more. */
  leave(chatId: string): void;
  /** The chat is not the person's any more, and what they chose in it is gone. */
  drop(chatId: string): void;
  /** Looks at the pages of a chat again. */
  look(chatId: string): void;
  hear(news: PagePresenceNews): void;
  hearChoice(choice: PagePresenceChoice): void;
  /** What was chosen may have been missed. */
  refresh(): void;
  /** To be called now and then. */
  forget(): void;
  isOn(chatId: string): Promise<boolean>;
  set(chatId: string, on: boolean): Promise<void>;
}

interface Deps {
  readonly backend: Backend;
  readonly signal: AbortSignal;
  isGroup(chatId: string): boolean;
  /** Another page is to be told of. */
  onMoved(): void;
  now(): number;
}

interface Seat {
  readonly chatId: string;
  readonly end: AbortController;
  /** Ends the watching of the page; null: it is not watched. */
  watch: AbortController | null;
  hash: string | null;
  /** The look begun last; earlier ones come too late. */
  turn: number;
  /** Whom the panel was told of. */
  shown: string;
}

export function createPagePresence({ backend, signal, isGroup, onMoved, now }: Deps): PagePresence {
  const seats = new Map<PagePanel, Seat>();
  /** As last heard; missing: not known. */
  const choices = new Map<string, boolean>();
  /** How often they were let go of: what was being read then is of before. */
  let forgotten = 0;
  /** Chats for which the server may know a page of this browser. */
  const told = new Set<string>();
  const neighbours = createPageNeighbours({ now, onChange: show });

  function attend(panel: PagePanel, chatId: string | null): void {
    const before = seats.get(panel);
    if (before !== undefined && before.chatId === chatId) return;
    if (before !== undefined) {
      seats.delete(panel);
      before.end.abort();
      tell(panel, before, []);
    }
    if (chatId === null || signal.aborted || !isGroup(chatId)) return;
    const seat: Seat = { chatId, end: new AbortController(), watch: null, hash: null, turn: 0, shown: '' };
    seats.set(panel, seat);
    void look(panel, seat);
  }

  /** Finds out what lies beside a panel. Where the person did not choose so, no page is looked at. */
  async function look(panel: PagePanel, seat: Seat): Promise<void> {
    const turn = ++seat.turn;
    const isOver = () => turn !== seat.turn || seat.end.signal.aborted || signal.aborted;
    const on = await isOn(seat.chatId).catch(() => null);
    // Not known just now: it stays as it was, and is looked at again with the next beat.
    if (on === null || isOver()) return;
    watch(panel, seat, on);
    const hash = on ? await panel.host.hashPage(chatPageSalt(seat.chatId)).catch(() => null) : null;
    if (isOver() || hash === seat.hash) return;
    seat.hash = hash;
    show(seat.chatId);
    onMoved();
  }

  function watch(panel: PagePanel, seat: Seat, on: boolean): void {
    if (on === (seat.watch !== null)) return;
    seat.watch?.abort();
    seat.watch = on ? new AbortController() : null;
    if (seat.watch === null) return;
    const until = AbortSignal.any([signal, seat.end.signal, seat.watch.signal]);
    const end = panel.host.onPage((news) => {
      if (news === 'other') void look(panel, seat);
    });
    until.addEventListener('abort', end, { once: true });
  }

  function lookAgain(chatId: string): void {
    for (const [panel, seat] of seats) if (seat.chatId === chatId) void look(panel, seat);
  }

  async function isOn(chatId: string): Promise<boolean> {
    const known = choices.get(chatId);
    if (known !== undefined) return known;
    const before = forgotten;
    const on = await data.readPagePresence(backend, chatId);
    if (before === forgotten && !choices.has(chatId)) choices.set(chatId, on);
    return choices.get(chatId) ?? on;
  }

  function hearChoice({ chatId, on }: PagePresenceChoice): void {
    choices.set(chatId, on);
    lookAgain(chatId);
  }

  function show(chatId: string): void {
    for (const [panel, seat] of seats) if (seat.chatId === chatId) tell(panel, seat, neighbours.on(chatId, seat.hash));
  }

  function tell(panel: PagePanel, seat: Seat, people: readonly string[]): void {
    const key = people.join();
    if (key === seat.shown) return;
    seat.shown = key;
    panel.post({ type: 'on-page', chatId: seat.chatId, people });
  }

  signal.addEventListener('abort', () => seats.clear());

  return {
    attend,
    hashFor(chatId) {
      // Where several panels show the chat beside different pages, the one that came last.
      const hashes = [...seats.values()].flatMap((seat) => (seat.chatId === chatId ? (seat.hash ?? []) : []));
      return hashes.at(-1) ?? null;
    },
    isTold: (chatId) => told.has(chatId),
    async beat(chatId, { typing, page }) {
      neighbours.ask(chatId, page);
      if (page !== null) told.add(chatId);
      const answer: OnPage = await data.beatOnPage(backend, chatId, { typing, page });
      if (page === null) told.delete(chatId);
      neighbours.take(chatId, page, answer);
      // Turned off in another browser.
      if (page !== null && !answer.on) hearChoice({ chatId, on: false });
    },
    leave(chatId) {
      told.delete(chatId);
      neighbours.ask(chatId, null);
    },
    drop(chatId) {
      for (const [panel, seat] of seats) if (seat.chatId === chatId) attend(panel, null);
      choices.delete(chatId);
      forgotten++;
      told.delete(chatId);
      neighbours.ask(chatId, null);
    },
    look: lookAgain,
    hear: neighbours.hear,
    hearChoice,
    refresh() {
      choices.clear();
      forgotten++;
      for (const [panel, seat] of seats) void look(panel, seat);
    },
    forget: neighbours.forget,
    isOn,
    async set(chatId, on) {
      await data.setPagePresence(backend, chatId, on);
      hearChoice({ chatId, on });
    },
  };
}
