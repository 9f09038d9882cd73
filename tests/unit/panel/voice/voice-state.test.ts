import { describe, expect, test } from 'vitest';
import { HOLD, IDLE, step, type VoiceEvent, type VoiceState } from '../../../../components/voice/voice-state.ts';
import { failure } from '../../../../lib/model/failure.ts';
import { MAX_RECORDING } from '../../../../lib/model/voice.ts';

const run = (...events: VoiceEvent[]): VoiceState => events.reduce(step, IDLE);
const press = (at: number): VoiceEvent => ({ type: 'press', at });
const release = (at: number): VoiceEvent => ({ type: 'release', at });
const recording = (at: number): VoiceEvent => ({ type: 'recording', at });
const piece = (audio: string): VoiceEvent => ({ type: 'piece', audio });
const ended: VoiceEvent = { type: 'ended' };
const broken: VoiceEvent = { type: 'broken' };

const toRecording = [press(0), release(100), recording(200)] as const;

describe('[MSG10] holding and toggling', () => {
  test('a short press leaves the microphone on, the next one ends it', () => {
    expect(run(...toRecording)).toEqual({ name: 'recording', pressedAt: null, since: 200, audio: [] });
    expect(run(...toRecording, press(5_000))).toEqual({ name: 'stopping', audio: [] });
    expect(run(...toRecording, press(5_000), release(5_050)).name).toBe('stopping');
  });

  test('the microphone may come while the button is still held: a short press is one all the same', () => {
    expect(run(press(0), recording(50), release(HOLD))).toMatchObject({ name: 'recording', pressedAt: null });
  });

  test('a long press records as long as it is held', () => {
    expect(run(press(0), recording(50), release(HOLD + 1)).name).toBe('stopping');
  });

  test('let go of before the microphone was there, nothing was said', () => {
    expect(run(press(0), release(HOLD + 1))).toBe(IDLE);
    expect(run(press(0), release(100), press(900))).toBe(IDLE);
  });

  test('who has to answer a window first has let go of the button', () => {
    const asked = [press(0), { type: 'asking' }, release(9_000)] as const;
    expect(run(...asked).name).toBe('asking');
    expect(run(...asked, recording(10_000))).toMatchObject({ name: 'recording', pressedAt: null });
    expect(run(...asked, broken)).toBe(IDLE);
  });
});

describe('[MSG10] from the recording to the words', () => {
  test('all parts in their order, also those that come after the end was asked for', () => {
    const done = [...toRecording, piece('a'), piece('b'), press(5_000), piece('c'), ended] as const;
    expect(run(...done)).toEqual({ name: 'transcribing', audio: ['a', 'b', 'c'] });
    expect(run(...done, { type: 'written' })).toBe(IDLE);
  });

  test('five minutes are the most', () => {
    expect(run(...toRecording, { type: 'tick', at: 200 + MAX_RECORDING - 1 }).name).toBe('recording');
    expect(run(...toRecording, { type: 'tick', at: 200 + MAX_RECORDING }).name).toBe('stopping');
  });

  test('a recorder that breaks off leaves what it has handed over', () => {
    expect(run(...toRecording, piece('a'), broken)).toEqual({ name: 'transcribing', audio: ['a'] });
    expect(run(...toRecording, broken)).toBe(IDLE);
    expect(run(press(0), broken)).toEqual({ name: 'refused', why: 'unopened' });
  });

  test('a failure keeps the recording to be tried again, a new press begins anew', () => {
    const down = { type: 'failed', failure: failure('speech_down') } as const;
    const failed = [...toRecording, piece('a'), press(5_000), ended, down] as const;
    expect(run(...failed)).toMatchObject({ name: 'failed', audio: ['a'] });
    expect(run(...failed, { type: 'retry' })).toEqual({ name: 'transcribing', audio: ['a'] });
    expect(run(...failed, press(9_000)).name).toBe('opening');
    expect(run(down, { type: 'retry' })).toMatchObject({ name: 'failed', audio: [] });
  });

  test('a denied microphone is told, and may be tried again', () => {
    const denied = { type: 'refused', why: 'denied' } as const;
    expect(run(press(0), denied)).toEqual({ name: 'refused', why: 'denied' });
    expect(run(press(0), denied, press(900)).name).toBe('opening');
  });

  test('cancelled, nothing late changes anything', () => {
    const late: VoiceEvent[] = [piece('b'), ended, broken, recording(1), { type: 'written' }, { type: 'retry' }];
    expect(run(...toRecording, piece('a'), { type: 'cancel' }, ...late)).toBe(IDLE);
  });
});
