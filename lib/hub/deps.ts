import type { Store } from '../data/store/store.ts';
import type { PageFacts, ShareKind, TextAnchor } from '../model/page-share.ts';
import type { Passage } from '../model/passage.ts';
import type { PanelMessage } from '../model/protocol.ts';
import type { PageNews, ShownHow, TextReading, WhyBeside } from '../model/share.ts';

export interface HubConfig {
  /** Origin of the Supabase project. */
  readonly supabaseUrl: string;
  readonly publishableKey: string;
  /** Page to which invite links lead. */
  readonly joinUrl: string;
  readonly mailUrl: string | null;
}

/** What the hub needs of the place it runs in. It touches neither `chrome.*` nor the DOM. */
export interface HubDeps {
  readonly config: HubConfig;
  readonly store: Store;
  /** Milliseconds since 1970. */
  now(): number;
  /** 0 up to 1. */
  random(): number;
  /** IANA name of the time zone in which this device is. */
  timeZone(): string;
  /** What the browser believes of the network. */
  readonly online: { get(): boolean; subscribe(listener: () => void, signal: AbortSignal): void };
  readonly notifications: Notifications;
  /** Facts for whoever looks for a fault: never text, names, tokens or addresses. */
  log?(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
}

/** One chat's notification. All of it is plain text. */
export interface ChatNotification {
  readonly chatId: string;
  readonly title: string;
  readonly text: string;
}

/** The browser's notifications; where a person did not allow any, nothing happens. */
export interface Notifications {
  /** In place of the one that the chat has. */
  show(notification: ChatNotification): void;
  clear(chatId: string): void;
  clearAll(): void;
}

/** What the place knows and can do about one panel. */
export interface PanelHost {
  /** Whether this panel may show anything: by what the browser vouches for, not by what the panel says. */
  admit(hello: Extract<PanelMessage, { type: 'hello' }>): Promise<boolean>;
  /** Called before anything is awaited: some browsers open a side panel only while the click counts. */
  openSurface(surface: 'side-panel' | 'window'): Promise<void>;
  /** Brings the panel before its person's eyes: its tab, and the window. */
  focus(): Promise<void>;
  /** The page beside the panel; null where there is none that may be read. */
  readPassage(): Promise<Passage | null>;
  openPage(url: string): Promise<void>;
  /** Reads the page beside the panel. Fails with `page_…`. */
  readPage(kind: TextReading['kind']): Promise<TextReading>;
  /** What is in sight of the page beside the panel, as data URL. Fails with `page_…`. */
  capturePage(): Promise<{ readonly facts: PageFacts; readonly picture: string }>;
  /** Brings a page before the person's eyes, at the passage where there is one. */
  showPage(page: { readonly url: string; readonly anchor: TextAnchor | null }): Promise<ShownHow>;
  /** What the person wants of this panel from elsewhere; null: nothing. Taken once. */
  takeErrand(): ShareKind | null;
  /** The page beside the panel: its canonical address and the hex hash of that; null where there is none. */
  pageBeside(): Promise<{ readonly url: string; readonly hash: string } | null>;
  /** The hex hash, with this salt, of the address of the page that this panel lies over or beside; null where there is none. */
  hashPage(salt: string): Promise<string | null>;
  /** Calls whenever that page may have become another one, until the signal ends it. */
  watchPage(listener: () => void, signal: AbortSignal): void;
  /** Why this panel is not over that page; null: no reason is known. */
  whyBeside(): Promise<WhyBeside | null>;
  /** Calls with what becomes of the page beside the panel; returns what ends it. */
  onPage(listener: (news: PageNews) => void): () => void;
  /** Gives the overlay the keyboard. */
  takeKeys(): Promise<void>;
  closeOverlay(): Promise<void>;
  resizeOverlay(width: number): Promise<void>;
}
