import type { Sql } from 'postgres';
import { type Actor, ANON, as, person, SERVICE } from '../support/actors.ts';
import { attach } from '../support/attachments.ts';
import { createGroup, createSolo, invite, leave, redeem, removeMember, say } from '../support/chats.ts';
import { createPerson, createUser, type TestPerson } from '../support/people.ts';
import { ask } from '../support/replies.ts';
import { selection } from '../support/shares.ts';
import { createFamily, setGroups } from '../support/young.ts';
import type { Who } from './cast.ts';

/** One group with somebody in every relation to it, and at least one row in every table. Read by all probes, changed by none. */
export interface World {
  readonly actors: Readonly<Record<Who | 'newcomer', Actor>>;
  readonly stranger: TestPerson;
  readonly member: TestPerson;
  readonly creator: TestPerson;
  readonly removed: TestPerson;
  readonly left: TestPerson;
  /** Signed up, without a profile. */
  readonly newcomer: { readonly id: string };
  /** Another one without a profile, whom nobody acts as. */
  readonly nobody: { readonly id: string };
  /** Waits to be let into the group. */
  readonly invited: TestPerson;
  /** In the group, and groups are off for them. */
  readonly shut: TestPerson;
  readonly guardian: TestPerson;
  readonly chat: string;
  readonly topic: string;
  /** The stranger's. */
  readonly solo: string;
  /** By the creator. */
  readonly message: string;
  /** Queued, asked by the creator. */
  readonly job: string;
  /** Sent by the creator. */
  readonly file: string;
  /** Shared by the creator. */
  readonly share: string;
  /** Of the page that it shows. */
  readonly pageDigit: string;
  readonly invite: string;
  readonly token: string;
}

export async function createWorld(sql: Sql): Promise<World> {
  const stranger = await createPerson(sql, 'stranger');
  const member = await createPerson(sql, 'member');
  const creator = await createPerson(sql, 'creator');
  const removed = await createPerson(sql, 'removed');
  const left = await createPerson(sql, 'left');
  const newcomer = await createUser(sql);
  const nobody = await createUser(sql);

  const blocked = await createPerson(sql, 'blocked');
  const neighbour = await createPerson(sql, 'neighbour');
  const { guardian, minor: shut } = await createFamily(sql);

  const chat = await createGroup(sql, creator, [member, removed, left, blocked, shut]);
  await createGroup(sql, neighbour);
  await setGroups(sql, guardian, shut, false);
  await say(sql, removed, chat, 'said before I was removed');
  await removeMember(sql, creator, chat, removed);
  await leave(sql, left, chat);
  await as(sql, person(creator.id), (tx) => tx`select public.set_block(${blocked.id}, true)`);
  const message = await say(sql, creator, chat, 'helo');
  await as(sql, person(creator.id), (tx) => tx`select public.edit_message(${message}, 'hello')`);
  await as(sql, person(creator.id), (tx) => tx`select public.beat(${chat}, true)`);
  await as(sql, person(creator.id), (tx) => tx`select public.set_page_presence(${chat}, true)`);
  await as(sql, person(creator.id), (tx) => tx`select public.beat_on_page(${chat}, false, ${'0'.repeat(64)})`);
  await as(sql, person(creator.id), (tx) => tx`select public.set_reaction(${message}, '👋', true)`);
  await as(
    sql,
    person(creator.id),
    (tx) => tx`insert into public.memories (id, body) values (gen_random_uuid(), 'I live in Rome.')`,
  );
  const job = await ask(sql, creator, chat);
  const file = await attach(sql, creator, chat);
  await say(sql, creator, chat, '', { attachmentIds: [file] });
  const share = selection({ url: 'https://example.org/tides' });
  await say(sql, creator, chat, '', { shares: [share] });
  const [page] = await sql<{ digit: string }[]>`select left(private.page_hash(${share.url}), 1) as digit`;
  const token = await invite(sql, creator, chat);
  await redeem(sql, token, member);
  const solo = await createSolo(sql, stranger);
  const invited = await createPerson(sql, 'invited');
  await redeem(sql, await invite(sql, creator, chat, { needsApproval: true }), invited);
  await as(sql, person(member.id), (tx) => tx`select public.report_message(${message}, 'spam', 'Always the same.')`);
  await as(sql, person(member.id), (tx) => tx`select public.set_block(${left.id}, true)`);
  await as(sql, SERVICE, (tx) => tx`select public.set_legal_hold(${solo}, 'A court asked.')`);
  await sql`insert into private.held_copies (chat_id, message_id, message) values (${solo}, ${message}, '{}')`;

  const [found] = await sql<{ invite: string; topic: string }[]>`
    select i.id as invite, 'chat:' || c.id || ':' || c.epoch as topic
    from public.invites i join public.chats c on c.id = i.chat_id
    where i.token_hash = private.hash_token(${token})`;
  if (found === undefined) throw new Error('no invite');
  await sql`insert into storage.objects (bucket_id, name) values ('avatars', ${`${creator.id}/face.webp`})`;
  await sql`insert into storage.buckets (id, name) values ('elsewhere', 'elsewhere')`;
  await sql`insert into storage.objects (bucket_id, name) values ('elsewhere', ${`${creator.id}/face.webp`})`;

  return {
    actors: {
      anon: ANON,
      stranger: person(stranger.id),
      member: person(member.id),
      creator: person(creator.id),
      removed: person(removed.id),
      left: person(left.id),
      newcomer: person(newcomer.id),
      service: SERVICE,
      invited: person(invited.id),
      neighbour: person(neighbour.id),
      shut: person(shut.id),
      guardian: person(guardian.id),
      blocked: person(blocked.id),
    },
    stranger,
    member,
    creator,
    removed,
    left,
    newcomer,
    nobody,
    invited,
    shut,
    guardian,
    chat,
    topic: found.topic,
    solo,
    message,
    job: job.id,
    file,
    share: share.id,
    pageDigit: page?.digit ?? '',
    invite: found.invite,
    token,
  };
}
