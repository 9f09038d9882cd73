/**
 * One end of a two-way line of structured-clonable messages, in order. Fits the browser's extension ports, a MessagePort and an
 * in-process pair. `onDisconnect` tells only of the other side's end, once; after `disconnect` nothing more is called.
 */
export interface Port<Out, In> {
  postMessage(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  onDisconnect(listener: () => void): void;
  disconnect(): void;
}
