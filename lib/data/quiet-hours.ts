import type { QuietHours } from '../model/quiet-hours.ts';
import { type Backend, run } from './backend.ts';
import { quietHoursRow } from './wire/quiet-hours.ts';
import { tryParse } from './wire/rows.ts';

/** The caller's own; null: none. */
export async function readQuietHours(backend: Backend, userId: string): Promise<QuietHours | null> {
  const accounts = () => backend.client.from('accounts').select('quiet_from, quiet_to, quiet_zone');
  const row = await run<unknown>(backend, () => accounts().eq('user_id', userId).maybeSingle().throwOnError());
  return tryParse(quietHoursRow, row);
}

/** The caller's own; null: none. */
export async function writeQuietHours(backend: Backend, userId: string, hours: QuietHours | null): Promise<void> {
  const row = {
    quiet_from: hours?.from ?? null,
    quiet_to: hours?.to ?? null,
    quiet_zone: hours?.timeZone ?? null,
  };
  await run(backend, () => backend.client.from('accounts').update(row).eq('user_id', userId).throwOnError());
}
