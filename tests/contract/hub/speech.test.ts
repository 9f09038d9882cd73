import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join, type TestPerson } from '../../support/people.ts';
import { wavOf } from '../../support/recordings.ts';
import { stackUnderTest } from '../../support/stack.ts';

const stack = stackUnderTest();

describe.runIf(stack.local)('[MSG10] turning speech into text through the hub', () => {
  let ana: TestPerson;

  beforeAll(async () => {
    ana = await join(stack, 'Ana');
  });
  afterAll(() => ana?.browser.stop());

  /** In parts of a size that fits no word boundary, each in base64 by itself. */
  function partsOf(bytes: Uint8Array, size = 4_097): string[] {
    const parts: string[] = [];
    for (let at = 0; at < bytes.length; at += size)
      parts.push(Buffer.from(bytes.subarray(at, at + size)).toString('base64'));
    return parts;
  }
  const transcribe = (audio: readonly string[]) => ana.panel.request('transcribe', { audio });

  test('the parts of a recording arrive as one, in order', async () => {
    const audio = partsOf(wavOf(4));
    expect(audio.length).toBeGreaterThan(5);
    expect(await transcribe(audio)).toEqual({ text: 'practice transcription of 4 seconds of wav' });
    await expect(transcribe(audio.toReversed())).rejects.toMatchObject({ failure: { code: 'audio_unusable' } });
  });

  test('a long recording, as large as five minutes may be, passes the port', async () => {
    expect(await transcribe(partsOf(wavOf(300), 32_000))).toEqual({
      text: 'practice transcription of 300 seconds of wav',
    });
  });

  test('25 MiB is the most: more is refused with a reason, before any of it is sent', async () => {
    const more = new Uint8Array(25 * 1024 * 1024 + 1);
    more.set(wavOf(1));
    await expect(transcribe(partsOf(more, 3 * 1024 * 1024))).rejects.toMatchObject({
      failure: { code: 'audio_too_large' },
    });
  });

  test('nothing, and what is no recording, are refused with a reason', async () => {
    for (const audio of [[], ['bm90IGF1ZGlv'], ['%%%']]) {
      await expect(transcribe(audio)).rejects.toMatchObject({ failure: { code: 'audio_unusable' } });
    }
  });
});
