import { FailureError, failure } from '../model/failure.ts';
import { classifyStatus } from './classify.ts';

const TIMEOUT = 10_000;

export interface FetchOptions {
  /** Ends all requests. */
  readonly signal: AbortSignal;
  /** Hears of every attempt whether the server answered at all. */
  onReach?(reached: boolean): void;
  /** Longest wait for any answer, in milliseconds. If not said: ten seconds, and as long as its signal says for a request with one. */
  readonly timeout?: number;
}

/**
 * A fetch that gives up after a while and reports every failure to reach the server as `unreachable`. A request that its own signal
 * ends says nothing of the server.
 */
export function createFetch({ signal, onReach, timeout }: FetchOptions): typeof fetch {
  return async (input, init) => {
    const wait = timeout ?? (init?.signal ? null : TIMEOUT);
    const signals = [
      signal,
      ...(wait === null ? [] : [AbortSignal.timeout(wait)]),
      ...(init?.signal ? [init.signal] : []),
    ];
    try {
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      onReach?.(!isFromInFront(response));
      return response;
    } catch {
      if (!signal.aborted && !init?.signal?.aborted) onReach?.(false);
      throw new FailureError(failure('unreachable'));
    }
  };
}

/** Throws for answers that came from in front of the service or that ask to wait; all others are the caller's. */
export function refuseOverload(response: Response): void {
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after'));
    throw new FailureError(failure('too_many_requests', seconds > 0 ? { retryAfter: seconds } : {}));
  }
  if (isFromInFront(response)) throw new FailureError(classifyStatus(response.status));
}

/**
 * Whether a token was not taken. Storage answers 400 and says why in words: whoever may not do something by a policy has a good
 * token, and hears of the policy.
 */
export async function refusesToken(response: Response): Promise<boolean> {
  if (response.status !== 400) return response.status === 401;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (typeof body !== 'object' || body === null || !('statusCode' in body) || !('message' in body)) return false;
  const isAboutToken =
    body.statusCode === '401' || body.statusCode === '403' || ('error' in body && body.error === 'InvalidJWT');
  return isAboutToken && !String(body.message).includes('row-level security');
}

/** A gateway answered that the service behind it does not. */
function isFromInFront({ status }: Response): boolean {
  return status >= 502 && status <= 504;
}
