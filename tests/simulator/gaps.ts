import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './sending.ts';
import type { Inhabitant, World } from './world.ts';

/** Less than the half minute after which every hub looks by itself. */
const CLOSED_WITHIN_MS = 15_000;

/**
 * In fair weather, one change of each chat comes to nobody, and the next one does: everybody has both, without a look at the
 * server's list. Resolves with what was not so.
 */
export async function probeGaps(world: World): Promise<string[]> {
  const faults = await Promise.all(world.chatIds.map((chatId) => probeGap(world, chatId)));
  return faults.flat();
}

async function probeGap(world: World, chatId: string): Promise<string[]> {
  const [speaker, ...listeners] = world.people.filter(({ panels }) => panels.get(chatId)?.snapshot().view !== null);
  if (speaker === undefined) return [];
  const losing = listeners.map(async ({ name, weather }) => {
    const isLost = await inTime(weather.loseChange(chatId).then(() => true));
    return isLost === null ? [`${name}: heard nothing of a message`] : [];
  });
  const lost = await say(world, speaker, chatId, {});
  const deaf = (await Promise.all(losing)).flat();
  if (deaf.length > 0) return deaf;
  const next = await say(world, speaker, chatId, {});
  const faults = await Promise.all(
    listeners.map(async (listener) => {
      const isClosed = await inTime(seen(listener, chatId, [lost, next]));
      return isClosed === null ? [`${listener.name}: did not read what was missing before a message`] : [];
    }),
  );
  return faults.flat();
}

/** Resolves when the person's panel shows all of these messages. */
export async function seen({ panels }: Inhabitant, chatId: string, ids: readonly string[]): Promise<true> {
  await panels
    .get(chatId)
    ?.untilView(({ messages }) => ids.every((id) => messages.some((message) => message.id === id)));
  return true;
}

/** Null when it took too long. */
export function inTime(work: Promise<true>): Promise<true | null> {
  return Promise.race([work, sleep(CLOSED_WITHIN_MS, null, { ref: false })]);
}
