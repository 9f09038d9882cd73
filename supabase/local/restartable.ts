import type { Stoppable } from './stop-together.ts';

export interface Restartable<T extends Stoppable> extends Stoppable {
  /** Nothing happens when it runs. */
  start(): Promise<void>;
  /** The running part; null while there is none. */
  current(): T | null;
}

/** A part that can be stopped and started again with the same settings. */
export function restartable<T extends Stoppable>(create: () => Promise<T>): Restartable<T> {
  let part: T | null = null;
  return {
    async start() {
      part ??= await create();
    },
    async stop() {
      const stopping = part;
      part = null;
      await stopping?.stop();
    },
    current: () => part,
  };
}
