import type { Readable, Writable } from 'node:stream';

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

type Call = <T>(method: string, params?: Readonly<Record<string, unknown>>) => Promise<T>;

/**
 * Calls to a browser over its DevTools pipe: JSON texts that end with a zero byte. A call rejects with the browser's own words, when
 * the browser ends, or when `signal` aborts.
 */
export function callOverPipe(input: Writable, output: Readable, signal: AbortSignal): Call {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let rest = '';
  const giveUp = (reason: Error) => {
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  output.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) settle(JSON.parse(part) as Answer);
  });
  output.on('close', () => giveUp(new Error('The browser ended.')));
  // What is wrong with writing shows as the end of the output.
  input.on('error', () => undefined);
  signal.addEventListener('abort', () => giveUp(new Error('The browser does not answer.')), { once: true });

  function settle({ id, result, error }: Answer): void {
    const call = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || call === undefined) return;
    waiting.delete(id);
    if (error === undefined) call.resolve(result);
    else call.reject(new Error(error.message));
  }

  return <T>(method: string, params: Readonly<Record<string, unknown>> = {}) => {
    const id = ++lastId;
    const call = Promise.withResolvers<unknown>();
    waiting.set(id, call);
    input.write(`${JSON.stringify({ id, method, params })}\0`);
    return call.promise as Promise<T>;
  };
}
