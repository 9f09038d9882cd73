import * as v from 'valibot';
import { type Backend, run } from './backend.ts';
import { parseRow } from './wire/rows.ts';

const Told = v.picklist(['stored', 'too_young']);

/** Whether the caller has told their date of birth. */
export async function hasBirthDate(backend: Backend, userId: string): Promise<boolean> {
  const query = () => backend.client.from('accounts').select('birth_date').eq('user_id', userId).maybeSingle();
  const row = await run(backend, () => query().throwOnError());
  return row !== null && row.birth_date !== null;
}

/** Tells it, once, as YYYY-MM-DD. `too_young`: the account is gone. Fails with `birth_date_invalid` and `birth_date_stands`. */
export async function tellBirthDate(backend: Backend, date: string): Promise<'stored' | 'too_young'> {
  const call = () => backend.client.rpc('set_birth_date', { p_birth_date: date }).throwOnError();
  return parseRow(Told, await run<unknown>(backend, call));
}
