import * as v from 'valibot';
import { originOf, sealOrigin } from './address.ts';
import { type Caller, identifyCaller } from './caller.ts';
import type { Database } from './database.ts';
import { readProject } from './project.ts';
import { readEnv } from './runtime.ts';

/** Thrown where a person or an address calls too often; in so many seconds more is taken. */
export class TooManyCalls extends Error {
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super('too many calls');
    this.name = 'TooManyCalls';
    this.retryAfter = retryAfter;
  }
}

const Counted = v.object({ retry_after: v.number() });

/** A seal of the address that a request came from: the same for the same, and of no use without the project's key. */
export function addressSealer(): (request: Request) => Promise<string> {
  const { secretKey } = readProject();
  const header = readEnv('SIDEROOM_ADDRESS_HEADER');
  return ({ headers }) => sealOrigin(originOf(headers, header), secretKey);
}

export interface ThrottleDeps {
  readonly database: Database;
  sealAddress(request: Request): Promise<string>;
  identify?(request: Request): Promise<Caller>;
}

/** Who calls a function, like `identifyCaller`, with the call counted for the person and the address. Throws TooManyCalls, and DatabaseError. */
export function countCallers(
  name: 'copy' | 'invite' | 'purge' | 'reply' | 'speech',
  { database, sealAddress, identify = identifyCaller }: ThrottleDeps,
): (request: Request) => Promise<Caller> {
  return async (request) => {
    const [caller, address] = await Promise.all([identify(request), sealAddress(request)]);
    if (caller.kind === 'service') return caller;
    const person = caller.kind === 'user' ? caller.id : null;
    const call = { p_function: name, p_user: person, p_address: address };
    const { retry_after } = await database.call('count_call', call, Counted);
    if (retry_after > 0) throw new TooManyCalls(retry_after);
    return caller;
  };
}
