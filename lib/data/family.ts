import { FailureError, failure } from '../model/failure.ts';
import type { Family, GuardianCode, Relative } from '../model/family.ts';
import { type Backend, run } from './backend.ts';
import { familyRow, guardianCodeRow, triedRow } from './wire/family.ts';
import { parseRow } from './wire/rows.ts';

/** The caller's links, on either side. */
export async function readFamily(backend: Backend): Promise<Family> {
  return parseRow(familyRow, await run<unknown>(backend, () => backend.client.rpc('my_guardianships').throwOnError()));
}

/** Fails with `adults_only`. An earlier code ends. */
export async function makeGuardianCode(backend: Backend): Promise<GuardianCode> {
  const call = () => backend.client.rpc('make_guardian_code').throwOnError();
  return parseRow(guardianCodeRow, await run<unknown>(backend, call));
}

/** Whose code it is; `accept` makes them guardian. Fails with `guardian_code_wrong`, `too_many_requests` and `minors_only`. */
export async function tryGuardianCode(backend: Backend, code: string, accept: boolean): Promise<Relative> {
  const call = () => backend.client.rpc('try_guardian_code', { p_code: code, p_accept: accept }).throwOnError();
  const tried = parseRow(triedRow, await run<unknown>(backend, call));
  switch (tried.kind) {
    case 'open':
      return tried.guardian;
    case 'wrong':
      throw new FailureError(failure('guardian_code_wrong'));
    case 'limited':
      throw new FailureError(failure('too_many_requests', { retryAfter: tried.retry_after }));
  }
}

/** Fails with `guardian_only`. */
export async function setGroupChats(backend: Backend, minorId: string, on: boolean): Promise<void> {
  await run(backend, () => backend.client.rpc('set_group_chats', { p_minor: minorId, p_on: on }).throwOnError());
}

/** Ends the link; one that has ended already is no failure. */
export async function endGuardianship(backend: Backend, minorId: string): Promise<void> {
  await run(backend, () => backend.client.rpc('end_guardianship', { p_minor: minorId }).throwOnError());
}
