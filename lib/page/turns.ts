/** Milliseconds of work after which a page gets its turn. */
const SLICE = 8;

/** Lets long work go on in slices, so that the page under it keeps answering its person. */
export interface Turns {
  /** Resolves at once, or after the page had its turn where the slice is used up. */
  rest(): Promise<void> | undefined;
}

function takeTurns(): Turns {
  let end = performance.now() + SLICE;
  return {
    rest() {
      if (performance.now() < end) return;
      return nextTask().then(() => {
        end = performance.now() + SLICE;
      });
    },
  };
}

/** Drives a generator in slices. */
export async function inTurns<Result>(work: Generator<void, Result>, turns: Turns = takeTurns()): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value as Result;
    await turns.rest();
  }
}

/** Resolves when the page had its turn: behind all that waits already, which `scheduler.yield` would overtake. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
