import { type ReadonlySignal, signal } from '@preact/signals';
import type { HubClient } from '../../lib/hub/panel-client.ts';
import type { Port } from '../../lib/hub/port.ts';
import { FailureError, failure, toFailure } from '../../lib/model/failure.ts';
import type { Surface } from '../../lib/model/protocol.ts';
import type { RecorderMessage, VoiceMessage } from '../../lib/model/voice.ts';
import { IDLE, isOpen, step, type VoiceEvent, type VoiceState } from './voice-state.ts';

export type RecorderPort = Port<VoiceMessage, RecorderMessage>;

/** Where the spoken words go. */
export interface DictationTarget {
  readonly chatId: string;
  insert(spoken: string): void;
}

/** Dictating in one panel: at most one recording at a time, for one chat. */
export interface Dictation {
  readonly state: ReadonlySignal<VoiceState>;
  /** The chat that the state belongs to. */
  readonly chatId: ReadonlySignal<string | null>;
  /** Loudness from 0 to 1; 0 while nothing is recorded. */
  readonly level: ReadonlySignal<number>;
  /** Whole seconds since the recording began. */
  readonly seconds: ReadonlySignal<number>;
  /** The button was pressed: begins, or ends what has begun. */
  press(target: DictationTarget): void;
  /** It was let go of. */
  release(): void;
  retry(): void;
  cancel(): void;
  /** This chat is not shown any more: nobody would see that the microphone is on. What is being written down goes on. */
  leave(chatId: string): void;
  /** Shows how the microphone is allowed. */
  help(): void;
}

export interface DictationDeps {
  openRecorder(): RecorderPort;
  readonly client: Pick<HubClient, 'request' | 'snapshot'>;
  readonly surface: Surface;
  readonly pass: string | null;
  readonly ended: AbortSignal;
  /** Milliseconds, steadily growing. */
  now(): number;
}

const TICK = 250;

export function createDictation({ openRecorder, client, surface, pass, ended, now }: DictationDeps): Dictation {
  const state = signal<VoiceState>(IDLE);
  const chatId = signal<string | null>(null);
  const level = signal(0);
  const seconds = signal(0);
  let target: DictationTarget | null = null;
  let port: RecorderPort | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;

  function happen(event: VoiceEvent): void {
    const before = state.value;
    const after = step(before, event);
    if (after === before) return;
    state.value = after;
    if (isOpen(after) && !isOpen(before)) open();
    if (!isOpen(after)) close();
    if (after.name === before.name) return;
    if (after.name === 'recording') timer = setInterval(tick, TICK);
    if (after.name === 'stopping') {
      clearInterval(timer);
      port?.postMessage({ type: 'stop' });
    }
    if (after.name === 'transcribing') void write(after);
  }

  function open(): void {
    const opened = openRecorder();
    port = opened;
    opened.onMessage((message) => {
      if (port === opened) hear(message);
    });
    opened.onDisconnect(() => {
      if (port === opened) happen({ type: 'broken' });
    });
    opened.postMessage({ type: 'hello', surface, pass, wish: 'record' });
  }

  function hear(message: RecorderMessage): void {
    if (message.type === 'level') level.value = message.level;
    else if (message.type === 'recording') happen({ type: 'recording', at: now() });
    else happen(message);
  }

  function close(): void {
    clearInterval(timer);
    port?.disconnect();
    port = null;
    level.value = 0;
    seconds.value = 0;
  }

  function tick(): void {
    const at = now();
    if (state.value.name === 'recording') seconds.value = Math.floor((at - state.value.since) / 1000);
    happen({ type: 'tick', at });
  }

  async function write(writing: VoiceState & { name: 'transcribing' }): Promise<void> {
    const into = target;
    // Cancelled, or cancelled and begun anew: then the words are not wanted any more.
    const isWanted = () => state.value === writing;
    try {
      const { text } = await client.request('transcribe', { audio: writing.audio });
      if (!isWanted()) return;
      if (text === '') throw new FailureError(failure('nothing_heard'));
      into?.insert(text);
      happen({ type: 'written' });
    } catch (thrown) {
      if (isWanted() && !ended.aborted) happen({ type: 'failed', failure: toFailure(thrown) });
    }
  }

  ended.addEventListener('abort', () => happen({ type: 'cancel' }));

  return {
    state,
    chatId,
    level,
    seconds,
    press(next) {
      const begins = !isOpen(state.value) && state.value.name !== 'transcribing';
      if (begins) {
        target = next;
        chatId.value = next.chatId;
      }
      if (begins && client.snapshot().app?.connection === 'offline')
        happen({ type: 'failed', failure: failure('unreachable') });
      else happen({ type: 'press', at: now() });
    },
    release: () => happen({ type: 'release', at: now() }),
    retry: () => happen({ type: 'retry' }),
    cancel: () => happen({ type: 'cancel' }),
    leave(left) {
      if (left === chatId.value && isOpen(state.value)) happen({ type: 'cancel' });
    },
    help() {
      const opened = openRecorder();
      opened.postMessage({ type: 'hello', surface, pass, wish: 'help' });
    },
  };
}
