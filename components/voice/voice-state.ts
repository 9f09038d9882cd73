import type { Failure } from '../../lib/model/failure.ts';
import { MAX_RECORDING, type MicrophoneTrouble, type RecorderMessage } from '../../lib/model/voice.ts';

/** A press longer than this, in milliseconds, was a hold: letting go ends it. A shorter one leaves the microphone on. */
export const HOLD = 300;

/** Where dictating stands. `pressedAt`: since when the button is held; null once it was let go of. `audio`: parts in base64. */
export type VoiceState =
  | { readonly name: 'idle' }
  /** The microphone is on its way. */
  | { readonly name: 'opening'; readonly pressedAt: number | null }
  /** The person is asked for it in a window of its own. */
  | { readonly name: 'asking' }
  | {
      readonly name: 'recording';
      readonly pressedAt: number | null;
      readonly since: number;
      readonly audio: readonly string[];
    }
  /** The last parts are on their way. */
  | { readonly name: 'stopping'; readonly audio: readonly string[] }
  | { readonly name: 'transcribing'; readonly audio: readonly string[] }
  | { readonly name: 'refused'; readonly why: MicrophoneTrouble | 'unopened' }
  /** `audio` is there to be tried again; empty when nothing was recorded. */
  | { readonly name: 'failed'; readonly failure: Failure; readonly audio: readonly string[] };

/** What happens; times in milliseconds of one clock. */
export type VoiceEvent =
  | { readonly type: 'press'; readonly at: number }
  | { readonly type: 'release'; readonly at: number }
  | { readonly type: 'tick'; readonly at: number }
  /** The port to the recorder ended. */
  | { readonly type: 'broken' }
  | { readonly type: 'written' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'retry' }
  /** Whatever runs, it is not wanted any more. */
  | { readonly type: 'cancel' }
  | (Exclude<RecorderMessage, { type: 'level' | 'recording' }> | { readonly type: 'recording'; readonly at: number });

export const IDLE: VoiceState = { name: 'idle' };

/** The next state. What does not fit the present one (late words of a recorder, a second press) changes nothing. */
export function step(state: VoiceState, event: VoiceEvent): VoiceState {
  switch (event.type) {
    case 'press':
      return press(state, event.at);
    case 'release':
      return release(state, event.at);
    case 'asking':
      return state.name === 'opening' ? { name: 'asking' } : state;
    case 'recording': {
      if (state.name !== 'opening' && state.name !== 'asking') return state;
      const pressedAt = state.name === 'opening' ? state.pressedAt : null;
      return { name: 'recording', pressedAt, since: event.at, audio: [] };
    }
    case 'piece':
      if (state.name !== 'recording' && state.name !== 'stopping') return state;
      return { ...state, audio: [...state.audio, event.audio] };
    case 'tick':
      return state.name === 'recording' && event.at - state.since >= MAX_RECORDING ? stop(state) : state;
    case 'ended':
    case 'broken':
      return end(state, event.type);
    case 'refused':
      return isOpen(state) ? { name: 'refused', why: event.why } : state;
    case 'written':
      return state.name === 'transcribing' ? IDLE : state;
    case 'failed':
      return fail(state, event.failure);
    case 'retry':
      return state.name === 'failed' && state.audio.length > 0 ? { name: 'transcribing', audio: state.audio } : state;
    case 'cancel':
      return IDLE;
  }
}

/** Whether a recorder works for this state. */
export function isOpen({ name }: VoiceState): boolean {
  return name === 'opening' || name === 'asking' || name === 'recording' || name === 'stopping';
}

function press(state: VoiceState, at: number): VoiceState {
  if (state.name === 'recording') return stop(state);
  if (state.name === 'opening' || state.name === 'asking') return IDLE;
  return isOpen(state) || state.name === 'transcribing' ? state : { name: 'opening', pressedAt: at };
}

function release(state: VoiceState, at: number): VoiceState {
  if ((state.name !== 'opening' && state.name !== 'recording') || state.pressedAt === null) return state;
  if (at - state.pressedAt <= HOLD) return { ...state, pressedAt: null };
  // Let go of before the microphone was there: nothing was said into it.
  return state.name === 'opening' ? IDLE : stop(state);
}

function stop({ audio }: VoiceState & { name: 'recording' }): VoiceState {
  return { name: 'stopping', audio };
}

/** Also a recorder that broke off leaves what it has handed over. */
function end(state: VoiceState, how: 'ended' | 'broken'): VoiceState {
  switch (state.name) {
    case 'recording':
    case 'stopping':
      return state.audio.length === 0 ? IDLE : { name: 'transcribing', audio: state.audio };
    case 'opening':
      return how === 'broken' ? { name: 'refused', why: 'unopened' } : IDLE;
    case 'asking':
      return IDLE;
    default:
      return state;
  }
}

function fail(state: VoiceState, failure: Failure): VoiceState {
  if (state.name === 'transcribing') return { name: 'failed', failure, audio: state.audio };
  return isOpen(state) ? state : { name: 'failed', failure, audio: [] };
}
