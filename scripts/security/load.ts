import { startBackend } from '../../bench/support/backend.ts';
import type { Section } from '../../bench/support/bench.ts';
import { underAttack } from '../../bench/under-attack.ts';

/** How two people's talk fares while fifty clients attack the backend. */
export async function measureLoad(): Promise<Section> {
  const { backend, stop } = await startBackend();
  try {
    // Two hubs and the attackers' clients: no browser takes part.
    return await underAttack({ ...backend, extensionDir: '', website: '', progress: () => {} });
  } finally {
    await stop();
  }
}
