import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createDictation } from '../../../../components/voice/dictation.ts';
import { FailureError, failure } from '../../../../lib/model/failure.ts';
import { type FakeRecorder, openFakeRecorder } from '../../../gallery/fake-recorder.ts';
import { appState } from '../../../gallery/fixtures.ts';

const SPOKEN = [{ type: 'recording' }, { type: 'piece', audio: 'c2FpZA==' }] as const;

describe('[MSG10] a dictation', () => {
  let recorders: FakeRecorder[];
  let transcribe: ReturnType<typeof vi.fn<(audio: readonly string[]) => Promise<{ text: string }>>>;
  let connection: 'online' | 'offline';
  let insert: ReturnType<typeof vi.fn<(spoken: string) => void>>;
  let ended: AbortController;
  let now: number;

  beforeEach(() => {
    recorders = [];
    transcribe = vi.fn(async () => ({ text: 'said' }));
    connection = 'online';
    insert = vi.fn();
    ended = new AbortController();
    now = 0;
  });

  function start() {
    return createDictation({
      openRecorder() {
        const recorder = openFakeRecorder(SPOKEN);
        recorders.push(recorder);
        return recorder;
      },
      client: {
        request: ((_name: string, { audio }: { audio: readonly string[] }) => transcribe(audio)) as never,
        snapshot: () => ({ status: 'ready', app: appState({ connection }), chatId: null, view: null, onPage: [] }),
      },
      surface: 'overlay',
      pass: 'pass',
      ended: ended.signal,
      now: () => now,
    });
  }
  const target = (chatId = 'chat') => ({ chatId, insert });
  const turns = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };

  test('shows its pass, records, hands the parts to the hub, and the words to the draft', async () => {
    const dictation = start();
    dictation.press(target());
    dictation.release();
    await turns();
    expect(dictation.state.value.name).toBe('recording');
    dictation.press(target());
    await turns();
    expect(recorders[0]?.heard).toEqual([
      { type: 'hello', surface: 'overlay', pass: 'pass', wish: 'record' },
      { type: 'stop' },
    ]);
    expect(transcribe).toHaveBeenCalledWith(['c2FpZA==', 'ZW5k']);
    expect(insert).toHaveBeenCalledExactlyOnceWith('said');
    expect([dictation.state.value.name, recorders[0]?.isOver]).toEqual(['idle', true]);
  });

  test('a failure keeps the recording, and the same is tried again', async () => {
    transcribe.mockRejectedValueOnce(new FailureError(failure('speech_down')));
    const dictation = start();
    dictation.press(target());
    dictation.release();
    await turns();
    dictation.press(target());
    await turns();
    expect(dictation.state.value).toMatchObject({ name: 'failed', failure: { code: 'speech_down' } });
    dictation.retry();
    await turns();
    expect(transcribe.mock.calls[1]).toEqual(transcribe.mock.calls[0]);
    expect(insert).toHaveBeenCalledExactlyOnceWith('said');
  });

  test('silence is said to be silence, and the draft stays as it is', async () => {
    transcribe.mockResolvedValueOnce({ text: '' });
    const dictation = start();
    dictation.press(target());
    dictation.release();
    await turns();
    dictation.press(target());
    await turns();
    expect(dictation.state.value).toMatchObject({ name: 'failed', failure: { code: 'nothing_heard' } });
    expect(insert).not.toHaveBeenCalled();
  });

  test('cancelled while it is written down, the words are dropped, also when the next recording runs already', async () => {
    const answer = Promise.withResolvers<{ text: string }>();
    transcribe.mockReturnValueOnce(answer.promise);
    const dictation = start();
    dictation.press(target());
    dictation.release();
    await turns();
    dictation.press(target());
    await turns();
    dictation.cancel();
    dictation.press(target());
    await turns();
    answer.resolve({ text: 'unwanted' });
    await turns();
    expect(insert).not.toHaveBeenCalled();
    expect(dictation.state.value.name).toBe('recording');
  });

  test('offline it says so instead of recording for nothing', () => {
    connection = 'offline';
    const dictation = start();
    dictation.press(target());
    expect(dictation.state.value).toMatchObject({ name: 'failed', failure: { code: 'unreachable' }, audio: [] });
    expect(recorders).toEqual([]);
  });

  test('the microphone goes with the chat, and with the panel; what another chat does leaves it alone', async () => {
    const dictation = start();
    dictation.press(target('one'));
    dictation.leave('another');
    expect(recorders[0]?.isOver).toBe(false);
    dictation.leave('one');
    expect(recorders[0]?.isOver).toBe(true);
    dictation.press(target('two'));
    ended.abort();
    expect(recorders[1]?.isOver).toBe(true);
  });

  test('a chat that is left while its words are being written down still gets them', async () => {
    const answer = Promise.withResolvers<{ text: string }>();
    transcribe.mockReturnValueOnce(answer.promise);
    const dictation = start();
    dictation.press(target('one'));
    dictation.release();
    await turns();
    dictation.press(target('one'));
    await turns();
    dictation.leave('one');
    answer.resolve({ text: 'said' });
    await turns();
    expect(insert).toHaveBeenCalledExactlyOnceWith('said');
  });

  test('ends by itself after five minutes', async () => {
    vi.useFakeTimers();
    try {
      const dictation = start();
      dictation.press(target());
      dictation.release();
      await turns();
      now = 61_000;
      vi.advanceTimersByTime(250);
      expect(dictation.seconds.value).toBe(61);
      now = 300_000;
      vi.advanceTimersByTime(250);
      await turns();
      expect(transcribe).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});
