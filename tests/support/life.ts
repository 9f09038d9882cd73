import { AsyncLocalStorage } from 'node:async_hooks';
import { WebSocket as NodeSocket } from 'ws';
import type { Store } from '../../lib/data/store/store.ts';

/**
 * The life of a worker inside this process. Whatever code of it begins, however much later, is of this life: timers, requests,
 * sockets, transactions. When it ends, all of that ends in the same instant, as in a process that is killed: sockets break without a
 * close frame, transactions are undone, and nobody is told. What was waited for never comes.
 */
export interface Life {
  run<T>(work: () => T): T;
  /** The listener as a part of this life; once that is over, it hears nothing. */
  bind<A extends unknown[]>(listener: (...args: A) => void): (...args: A) => void;
  /** The store as code of this life sees it. */
  hold(store: Store): Store;
  isOver(): boolean;
  end(): void;
}

interface Belongings {
  readonly signal: AbortSignal;
  readonly timers: Set<NodeJS.Timeout>;
  readonly sockets: Set<NodeSocket>;
}

const lives = new AsyncLocalStorage<Belongings>();

export function beginLife(): Life {
  const over = new AbortController();
  const { signal } = over;
  const mine: Belongings = { signal, timers: new Set(), sockets: new Set() };
  const transactions = new Set<{ abort(): void }>();

  /** The work of a transaction, as long as there is somebody to do it. */
  function track<X extends { abort(): void; readonly done: Promise<void> }, T>(work: (transaction: X) => Promise<T>) {
    return (transaction: X): Promise<T> => {
      if (signal.aborted) return Promise.reject(signal.reason);
      transactions.add(transaction);
      const forget = () => void transactions.delete(transaction);
      transaction.done.then(forget, forget);
      return work(transaction);
    };
  }

  return {
    run: (work) => lives.run(mine, work),
    bind:
      (listener) =>
      (...args) => {
        if (!signal.aborted) lives.run(mine, () => listener(...args));
      },
    hold: (store) => ({
      read: (tables, work) => whileAlive(mine, store.read(tables, track(work))),
      write: (tables, work) => whileAlive(mine, store.write(tables, track(work))),
      close: () => store.close(),
    }),
    isOver: () => signal.aborted,
    end() {
      over.abort();
      for (const timer of mine.timers) clearTimeout(timer);
      for (const socket of mine.sockets) socket.terminate();
      for (const transaction of transactions) undo(transaction);
    },
  };
}

function undo(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It was stored in the last instant.
  }
}

/** The promise, which never settles once the life is over. */
function whileAlive<T>({ signal }: Belongings, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => signal.aborted || resolve(value),
      (reason: unknown) => signal.aborted || reject(reason),
    );
  });
}

/** A socket whose listeners are called as a part of the life in which it was made. */
class LivingSocket extends NodeSocket {
  readonly #owner = lives.getStore();

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.#owner?.sockets.add(this);
    this.on('error', () => {});
    this.on('close', () => this.#owner?.sockets.delete(this));
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (this.#owner?.signal.aborted) return false;
    const tell = () => super.emit(event, ...args);
    return this.#owner === undefined ? tell() : lives.run(this.#owner, tell);
  }
}

const { fetch: plainFetch, setTimeout: plainTimeout, setInterval: plainInterval, WebSocket: PlainSocket } = globalThis;

/** A timer of the present life, if there is one. */
function timed(begin: typeof plainInterval, isOnce: boolean) {
  return (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): NodeJS.Timeout => {
    const life = lives.getStore();
    if (life === undefined) return begin(work, ms, ...args);
    const timer = begin(() => {
      if (isOnce) life.timers.delete(timer);
      work(...args);
    }, ms);
    if (life.signal.aborted) clearTimeout(timer);
    else life.timers.add(timer);
    return timer;
  };
}

function fetchWhileAlive(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const life = lives.getStore();
  if (life === undefined) return plainFetch(input, init);
  const signals = [life.signal, ...(init.signal ? [init.signal] : [])];
  return whileAlive(life, plainFetch(input, { ...init, signal: AbortSignal.any(signals) }));
}

globalThis.fetch = fetchWhileAlive;
globalThis.setTimeout = Object.assign(timed(plainTimeout as typeof plainInterval, true), plainTimeout);
globalThis.setInterval = Object.assign(timed(plainInterval, false), plainInterval);
Object.defineProperty(globalThis, 'WebSocket', {
  configurable: true,
  get: () => (lives.getStore() === undefined ? PlainSocket : LivingSocket),
});
