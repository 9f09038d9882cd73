import { FailureError } from '../model/failure.ts';
import type { AnyRequest, HubMessage, PanelMessage, Params, RequestName, Result } from '../model/protocol.ts';
import type { Port } from './port.ts';

export type HubPort = Port<PanelMessage, HubMessage>;
type Hello = Extract<PanelMessage, { type: 'hello' }>;
type Response = Extract<HubMessage, { type: 'response' }>;

export interface LineOptions {
  open(): HubPort;
  readonly hello: Hello;
  /** Closes the line; unanswered requests are rejected with its reason. */
  readonly signal: AbortSignal;
  /** Everything but responses. */
  onMessage(message: Exclude<HubMessage, Response>): void;
  /** The port broke and is being opened again. */
  onBroken(): void;
}

export interface Line {
  request<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>>;
  /** Says which chat is wanted; only the latest word counts, and it is said again after a break. */
  watch(chatId: string | null): void;
  /** Says whether somebody can see the panel; it is said again after a break, before the chat. */
  setVisible(visible: boolean): void;
}

/** A port that breaks before the hub's welcome is opened again after a pause that doubles up to this many milliseconds. */
const LONGEST_PAUSE = 2_000;

/**
 * Requests and answers over a port that may break at any moment. Requests wait for the hub's welcome and are repeated after a
 * break until they are answered. A refused line stays silent and is not opened again.
 */
export function openLine({ open, hello, signal, onMessage, onBroken }: LineOptions): Line {
  let port: HubPort | null = null;
  let phase: 'waiting' | 'ready' | 'refused' = 'waiting';
  let pause = 0;
  let lastId = 0;
  let wanted: string | null | undefined;
  let visible = false;
  const pending = new Map<
    number,
    { request: AnyRequest; resolve(value: unknown): void; reject(reason: unknown): void }
  >();

  function connect(): void {
    const opened = open();
    port = opened;
    opened.onMessage((message) => {
      if (port === opened) receive(message);
    });
    opened.onDisconnect(() => {
      if (port === opened) reconnect();
    });
    opened.postMessage(hello);
  }

  function reconnect(): void {
    port = null;
    if (phase === 'refused') return;
    phase = 'waiting';
    onBroken();
    if (pause === 0) connect();
    else setTimeout(() => signal.aborted || connect(), pause);
    pause = Math.min(LONGEST_PAUSE, Math.max(50, pause * 2));
  }

  function receive(message: HubMessage): void {
    if (message.type === 'response') return settle(message);
    if (message.type === 'refused') phase = 'refused';
    if (message.type !== 'welcome') return onMessage(message);
    phase = 'ready';
    pause = 0;
    if (visible) post(++lastId, { name: 'setVisible', params: { visible } });
    if (wanted !== undefined) post(++lastId, { name: 'watch', params: { chatId: wanted } });
    for (const [id, { request }] of pending) post(id, request);
    onMessage(message);
  }

  function settle(response: Response): void {
    const waiting = pending.get(response.id);
    pending.delete(response.id);
    if (response.ok) waiting?.resolve(response.value);
    else waiting?.reject(new FailureError(response.failure));
  }

  function post(id: number, request: AnyRequest): void {
    port?.postMessage({ type: 'request', id, ...request });
  }

  signal.addEventListener('abort', () => {
    port?.disconnect();
    port = null;
    for (const { reject } of pending.values()) reject(signal.reason);
    pending.clear();
  });
  if (!signal.aborted) connect();

  return {
    request(name, params) {
      const request = { name, params } as unknown as AnyRequest;
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        pending.set(id, { request, resolve: (value) => resolve(value as Result<typeof name>), reject });
        if (phase === 'ready') post(id, request);
      });
    },
    setVisible(next) {
      visible = next;
      if (phase === 'ready') post(++lastId, { name: 'setVisible', params: { visible } });
    },
    watch(chatId) {
      wanted = chatId;
      // Its answer says nothing: the view comes as a message of its own, or `chat-gone`.
      if (phase === 'ready') post(++lastId, { name: 'watch', params: { chatId } });
    },
  };
}
