/**
 * The contract between a panel and the page that records for it: a port of its own, which the background joins to the recorder's.
 * The panel says `hello`; the end of the port is the end of the recording, and what the panel did not get is gone.
 */
import type { Surface } from './protocol.ts';

/** Ports of panels that want something of the microphone. */
export const VOICE_PORT = 'sideroom-voice';
/** Ports of the pages that the background opens for them. */
export const RECORDER_PORT = 'sideroom-recorder';

/** Longest recording, in milliseconds. */
export const MAX_RECORDING = 5 * 60_000;

/** Five minutes of it are 1.2 MB, far below what transcription services take. */
export const AUDIO_BITS_PER_SECOND = 32_000;

/** How often the recorder hands over what it has, in milliseconds. */
export const PIECE = 1_000;

/** Why nothing can be recorded. */
export type MicrophoneTrouble =
  /** The person, or whoever looks after the browser, does not allow it. */
  | 'denied'
  /** There is none. */
  | 'missing'
  /** Another program holds it, or the system keeps it back. */
  | 'busy';

export type VoiceMessage =
  /** `help`: shows how the microphone is allowed, and records nothing. */
  | {
      readonly type: 'hello';
      readonly surface: Surface;
      readonly pass: string | null;
      readonly wish: 'record' | 'help';
    }
  /** Hand over the rest. */
  | { readonly type: 'stop' };

export type RecorderMessage =
  /** A window asks the person for the microphone. */
  | { readonly type: 'asking' }
  | { readonly type: 'recording' }
  /** Loudness from 0 (silence) to 1. */
  | { readonly type: 'level'; readonly level: number }
  /** The next part of the recording in base64. */
  | { readonly type: 'piece'; readonly audio: string }
  /** There are no more pieces. */
  | { readonly type: 'ended' }
  | { readonly type: 'refused'; readonly why: MicrophoneTrouble };
