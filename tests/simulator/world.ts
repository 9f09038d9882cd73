import { createClient } from '@supabase/supabase-js';
import { newId } from '../../lib/model/ids.ts';
import type { TestPanel } from '../support/browser.ts';
import { join, type TestPerson } from '../support/people.ts';
import { type Memory, remember } from './memory.ts';
import type { Accepted, Changed } from './promises.ts';
import { type Chance, createChance } from './random.ts';
import type { Server } from './server.ts';
import { startWeather, type Weather } from './weather.ts';

/** Somebody with a browser in which a panel per chat is open, behind a network of their own. */
export interface Inhabitant extends TestPerson {
  readonly weather: Weather;
  /** By chat. */
  readonly panels: ReadonlyMap<string, TestPanel>;
  /** By chat. */
  readonly memories: ReadonlyMap<string, Memory>;
}

export interface World {
  readonly server: Server;
  readonly people: readonly Inhabitant[];
  readonly chatIds: readonly string[];
  readonly accepted: Accepted[];
  readonly changed: Changed[];
  /** What a panel showed that no panel may show at any moment. */
  readonly sights: string[];
  /** A word that nobody has said before, and that no other word begins with. */
  newWord(): string;
  /** Brings somebody in by a link of somebody inside, as the function behind the link does. */
  admit(host: Inhabitant, guest: Inhabitant, chatId: string): Promise<void>;
  stop(): Promise<void>;
}

const NAMES = ['Ana', 'Ben', 'Cleo', 'Dan'];
const CHATS = 2;
/** So much was said before: more than a panel holds. */
const HISTORY = 100;

/** People who are all in the same chats, in fair weather. */
export async function createWorld(server: Server, seed: number): Promise<World> {
  const sights: string[] = [];
  const chatIds = Array.from({ length: CHATS }, newId);
  // Chance of their own for each network: when its packets come must not change what people do.
  const people = await Promise.all(
    NAMES.map((name, index) => settle(server, createChance(seed * 31 + index + 1), name, chatIds, sights)),
  );
  const admin = createClient(server.url, server.secretKey, { auth: { persistSession: false } });
  let words = 0;

  async function admit(host: Inhabitant, guest: Inhabitant, chatId: string): Promise<void> {
    const { url } = await host.panel.request('createInvite', { chatId });
    const invite = { p_token: new URL(url).hash.slice(1), p_user: guest.id };
    const { error } = await admin.rpc('redeem_invite', invite);
    if (error) throw error;
  }

  const [creator, ...others] = people;
  if (creator === undefined) throw new Error('nobody is there');
  for (const id of chatIds) {
    await creator.panel.request('createChat', { id, kind: 'group', title: 'Trip' });
    await server.sql`insert into public.messages (id, chat_id, author_id, body, target)
      select gen_random_uuid(), ${id}, ${creator.id}, 'once ' || replace(${id}::text, '-', '') || lpad(n::text, 3, '0'), 'people' from generate_series(1, ${HISTORY}::int) n`;
    for (const other of others) await admit(creator, other, id);
  }
  return {
    ...{ server, people, chatIds, sights, admit },
    accepted: [],
    changed: [],
    newWord: () => `word${String(++words).padStart(6, '0')}`,
    async stop() {
      for (const { browser, weather } of people) {
        await browser.stop();
        await weather.stop();
      }
    },
  };
}

async function settle(
  server: Server,
  chance: Chance,
  name: string,
  chatIds: readonly string[],
  sights: string[],
): Promise<Inhabitant> {
  const weather = await startWeather(server.url, chance);
  const person = await join({ ...server, url: weather.url }, name);
  const panels = new Map(chatIds.map((id) => [id, person.browser.openPanel()]));
  const memories = new Map([...panels].map(([chatId, panel]) => [chatId, remember(panel, name, sights)]));
  for (const [chatId, panel] of panels) panel.watch(chatId);
  return { ...person, weather, panels, memories };
}
