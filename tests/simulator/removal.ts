import { someBytes, stage } from '../support/files.ts';
import { inTime, seen } from './gaps.ts';
import { readFile } from './probes.ts';
import { say } from './sending.ts';
import type { World } from './world.ts';

/**
 * Somebody who sees a file is removed, and reads it no more from that moment on. What is left with them, and what their socket
 * heard, is judged with all the rest. Resolves with what was not so.
 */
export async function probeRemoval(world: World): Promise<string[]> {
  for (const chatId of world.chatIds) {
    const views = world.people.map((person) => ({ person, view: person.panels.get(chatId)?.snapshot().view ?? null }));
    const members = views.flatMap(({ person, view }) => {
      const me = view?.members.find(({ id }) => id === person.id);
      return me === undefined ? [] : [{ person, role: me.role }];
    });
    const victim = members.find(({ role }) => role !== 'creator')?.person;
    const host = members.find(({ person }) => person !== victim)?.person;
    if (victim === undefined || host === undefined) continue;
    const file = await stage(host, chatId, someBytes(100));
    const message = await say(world, host, chatId, { fileIds: [file.id] });
    if ((await inTime(seen(victim, chatId, [message]))) === null) return [`${victim.name}: does not see ${message}`];
    const before = await readFile(victim, chatId, file);
    await host.panel.request('removeMember', { chatId, userId: victim.id });
    const after = await readFile(victim, chatId, file);
    await say(world, host, chatId, {});
    return [
      ...(before === null ? [`${victim.name}: cannot read the file ${file.id} that was just sent`] : []),
      ...(after === null ? [] : [`${victim.name}: was removed, and reads the file ${file.id}`]),
    ];
  }
  return [];
}
