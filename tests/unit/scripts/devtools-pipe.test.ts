import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { callOverPipe } from '../../../scripts/start/devtools-pipe.ts';

function openPipe() {
  const input = new PassThrough();
  const output = new PassThrough();
  const giveUp = new AbortController();
  return { input, output, giveUp, call: callOverPipe(input, output, giveUp.signal) };
}

describe('calls over the DevTools pipe', () => {
  test('are texts that end with a zero byte, and get the answers with their ids', async () => {
    const { input, output, call } = openPipe();
    const first = call('A.first', { path: 'ü' });
    const second = call('B.second');
    expect(input.read().toString()).toBe(
      '{"id":1,"method":"A.first","params":{"path":"ü"}}\0{"id":2,"method":"B.second","params":{}}\0',
    );
    const answers = Buffer.from('{"id":2,"result":"ü2"}\0{"method":"An.event"}\0{"id":1,"result":1}\0');
    // Cut in the middle of a letter.
    const cut = answers.indexOf('ü') + 1;
    output.write(answers.subarray(0, cut));
    output.write(answers.subarray(cut));
    expect(await Promise.all([first, second])).toEqual([1, 'ü2']);
  });

  test("fail with the browser's words", async () => {
    const { output, call } = openPipe();
    const refused = call('Extensions.loadUnpacked');
    output.write('{"id":1,"error":{"message":"Method not available."}}\0');
    await expect(refused).rejects.toThrow('Method not available.');
  });

  test('fail when the browser ends', async () => {
    const { output, call } = openPipe();
    const pending = call('A.first');
    output.destroy();
    await expect(pending).rejects.toThrow('The browser ended.');
  });

  test('fail when the browser does not answer in time', async () => {
    const { giveUp, call } = openPipe();
    const pending = call('A.first');
    giveUp.abort();
    await expect(pending).rejects.toThrow('The browser does not answer.');
  });
});
