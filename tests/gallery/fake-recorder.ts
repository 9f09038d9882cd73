import type { RecorderPort } from '../../components/voice/dictation.ts';
import type { RecorderMessage, VoiceMessage } from '../../lib/model/voice.ts';

/** What a test does with the recorder behind a panel. */
export interface FakeRecorder extends RecorderPort {
  readonly heard: VoiceMessage[];
  tell(message: RecorderMessage): void;
  /** The recorder goes away. */
  breakOff(): void;
  readonly isOver: boolean;
}

/** The recorder's end of a port: says these words after the hello, and hands over the last of them when it is told to stop. */
export function openFakeRecorder(words: readonly RecorderMessage[] = []): FakeRecorder {
  let onMessage: (message: RecorderMessage) => void = () => {};
  let onDisconnect = () => {};
  let isOver = false;
  const tell = (message: RecorderMessage) => queueMicrotask(() => isOver || onMessage(message));
  const heard: VoiceMessage[] = [];
  return {
    heard,
    tell,
    breakOff: () => onDisconnect(),
    get isOver() {
      return isOver;
    },
    postMessage(message) {
      heard.push(message);
      if (message.type === 'hello') return words.forEach(tell);
      tell({ type: 'piece', audio: 'ZW5k' });
      tell({ type: 'ended' });
    },
    onMessage(listener) {
      onMessage = listener;
    },
    onDisconnect(listener) {
      onDisconnect = listener;
    },
    disconnect() {
      isOver = true;
    },
  };
}
