import { beforeAll, describe, expect, test } from 'vitest';
import { type ApiPerson, signIn, stranger } from '../support/api-person.ts';
import { wavOf } from '../support/recordings.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const MEBIBYTE = 1024 * 1024;

let ana: ApiPerson;
beforeAll(async () => {
  ana = await signIn(stack, 'Ana');
});

async function dictate(who: Pick<ApiPerson, 'client'>, audio: Uint8Array<ArrayBuffer>, type = 'audio/webm') {
  const { data, error, response } = await who.client.functions.invoke('speech', { body: new Blob([audio], { type }) });
  if (response === undefined) throw error;
  return { status: response.status, body: response.ok ? data : await response.json() };
}

describe('the function speech', () => {
  test.runIf(stack.local)('[MSG10] the very recording reaches the model, and its words come back', async () => {
    expect(await dictate(ana, wavOf(2))).toEqual({
      status: 200,
      body: { text: 'practice transcription of 2 seconds of wav' },
    });
    expect((await dictate(ana, wavOf(7))).body).toEqual({ text: 'practice transcription of 7 seconds of wav' });
  });

  test('[MSG10] what is no recording is refused, whatever its sender calls it', async () => {
    const page = new TextEncoder().encode('<!doctype html><title>Not a sound</title>');
    for (const audio of [page, new Uint8Array(), wavOf(1).slice(4)]) {
      expect(await dictate(ana, audio, 'audio/wav')).toMatchObject({ status: 415, body: { code: 'unsupported' } });
    }
  });

  test.runIf(stack.local)('[MSG10] 25 MiB is the most', async () => {
    const most = new Uint8Array(25 * MEBIBYTE);
    most.set(wavOf(1));
    expect((await dictate(ana, most)).status).toBe(200);
    const more = new Uint8Array(25 * MEBIBYTE + 1);
    more.set(wavOf(1));
    expect(await dictate(ana, more)).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  test('[MSG10] nobody dictates who is not signed in', async () => {
    expect(await dictate(stranger(stack), wavOf(1))).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
  });
});
