import { type DataPage, type DataPart, type Deletion, type DeviceSession, MORE_DATA_PARTS } from '../model/account.ts';
import { type Backend, run } from './backend.ts';
import { dataPage, deviceRow } from './wire/account.ts';
import { parseRow, parseRows } from './wire/rows.ts';

/** Where the caller is signed in, the latest first. */
export async function readSessions(backend: Backend): Promise<DeviceSession[]> {
  return parseRows(deviceRow, await run(backend, () => backend.client.rpc('my_sessions').throwOnError()));
}

/** Signs the caller out elsewhere: in one session, or, null, in all but this one. */
export async function endSession(backend: Backend, id: string | null): Promise<void> {
  await run(backend, () => backend.client.rpc('end_session', id === null ? {} : { p_session: id }).throwOnError());
}

/** The first half: afterwards the caller is in no chat. Fails with `name_mismatch`. */
export async function deleteAccount(backend: Backend, { typed, messages, files }: Deletion): Promise<void> {
  const args = { p_typed: typed, p_messages: messages, p_files: files };
  await run(backend, () => backend.client.rpc('delete_account', args).throwOnError());
}

/** The second half, which the server does by itself within the hour. False: to be called again. */
export async function finishAccount(backend: Backend): Promise<boolean> {
  return (await run<unknown>(backend, () => backend.client.rpc('finish_account').throwOnError())) === true;
}

/** A page of what is known about the caller. */
export async function readMyData(backend: Backend, part: DataPart, after: string | null): Promise<DataPage> {
  const args = { p_part: part, ...(after === null ? {} : { p_after: after }) };
  const name = sourceOf(part);
  return parseRow(dataPage, await run<unknown>(backend, () => backend.client.rpc(name, args).throwOnError()));
}

function sourceOf(part: DataPart): 'my_data' | 'my_left_data' | 'my_more_data' {
  // What one wrote where one may not read any more.
  if (part.startsWith('left_')) return 'my_left_data';
  return MORE_DATA_PARTS.some((more) => more === part) ? 'my_more_data' : 'my_data';
}
