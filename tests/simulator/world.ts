import { createClient } from '@supabase/supabase-js';
import { newId } from '../../lib/model/ids.ts';
import type { TestPanel } from '../support/browser.ts';
import { join, type TestPerson } from '../support/people.ts';
import { type Chance, createChance } from './random.ts';
import type { Server } from './server.ts';
import { startWeather, type Weather } from './weather.ts';

/** Somebody with a browser in which a panel per chat is open, behind a network of their own. */
export interface Inhabitant extends TestPerson {
  readonly weather: Weather;
  /** By chat. */
  readonly panels: ReadonlyMap<string, TestPanel>;
  /** Seqs of all messages that any panel ever showed, by chat. */
  readonly seen: ReadonlyMap<string, Set<number>>;
}

/** A message that a hub took over: from then on the hub answers for it. */
export interface Accepted {
  readonly id: string;
  readonly chatId: string;
  readonly authorId: string;
}

export interface World {
  readonly server: Server;
  readonly people: readonly Inhabitant[];
  readonly chatIds: readonly string[];
  readonly accepted: Accepted[];
  /** What a panel showed that no panel may show at any moment. */
  readonly sights: string[];
  /** Brings somebody in by a link of somebody inside, as the function behind the link does. */
  admit(host: Inhabitant, guest: Inhabitant, chatId: string): Promise<void>;
  stop(): Promise<void>;
}

const NAMES = ['Ana', 'Ben', 'Cleo', 'Dan'];
const CHATS = 2;

/** People who are all in the same chats, in fair weather. */
export async function createWorld(server: Server, seed: number): Promise<World> {
  const sights: string[] = [];
  const chatIds = Array.from({ length: CHATS }, newId);
  // Chance of their own for each network: when its packets come must not change what people do.
  const people = await Promise.all(
    NAMES.map((name, index) => settle(server, createChance(seed * 31 + index + 1), name, chatIds, sights)),
  );
  const admin = createClient(server.url, server.secretKey, { auth: { persistSession: false } });

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
    for (const other of others) await admit(creator, other, id);
  }
  return {
    ...{ server, people, chatIds, sights, admit },
    accepted: [],
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
  const seen = new Map(chatIds.map((id) => [id, new Set<number>()]));
  const panels = new Map(chatIds.map((id) => [id, person.browser.openPanel()]));
  for (const [chatId, panel] of panels) {
    panel.watch(chatId);
    panel.subscribe(({ view }) => {
      if (view === null) return;
      let last = 0;
      for (const { seq } of view.messages) {
        if (seq <= last) sights.push(`${name}'s panel showed seq ${seq} after ${last}`);
        last = seq;
        seen.get(view.chat.id)?.add(seq);
      }
    });
  }
  return { ...person, weather, panels, seen };
}
