import type { Sql, TransactionSql } from 'postgres';
import { newId } from '../../../lib/model/ids.ts';
import { as, person, SERVICE } from './actors.ts';
import { createPerson, type TestPerson } from './people.ts';

/** A group of `creator` and `others`, all of whom came the way people come: by an invite. */
export async function createGroup(sql: Sql, creator: TestPerson, others: readonly TestPerson[] = []): Promise<string> {
  const chat = newId();
  await as(sql, person(creator.id), (tx) => tx`select public.create_chat(${chat}, 'group', 'Test group')`);
  if (others.length > 0) {
    const token = await invite(sql, creator, chat);
    for (const other of others) await redeem(sql, token, other);
  }
  return chat;
}

export async function createSolo(sql: Sql, owner: TestPerson): Promise<string> {
  const chat = newId();
  await as(sql, person(owner.id), (tx) => tx`select public.create_chat(${chat}, 'solo')`);
  return chat;
}

/** A group with that many members; the first one is its creator. */
export async function createCrowd(sql: Sql, size: number): Promise<{ chat: string; members: TestPerson[] }> {
  const creator = await createPerson(sql, 'creator');
  const others: TestPerson[] = [];
  while (others.length < size - 1) others.push(await createPerson(sql, 'member'));
  return { chat: await createGroup(sql, creator, others), members: [creator, ...others] };
}

export interface InviteOptions {
  readonly expiresIn?: string | null;
  readonly maxUses?: number | null;
  readonly needsApproval?: boolean;
  readonly history?: 'all' | 'last50' | 'none';
}

/** A fresh invite's token. */
export async function invite(sql: Sql, by: TestPerson, chat: string, options: InviteOptions = {}): Promise<string> {
  const { expiresIn = '1 day', maxUses = null, needsApproval = false, history = 'all' } = options;
  const [row] = await as(
    sql,
    person(by.id),
    (tx) => tx<{ token: string }[]>`
      select public.create_invite(${chat}, ${expiresIn}::interval, ${maxUses}::integer, ${needsApproval},
        ${history}::public.invite_history) ->> 'token' as token`,
  );
  if (row === undefined) throw new Error('create_invite gave no row');
  return row.token;
}

/** As if the time of an invite had come just now. */
export async function expire(sql: Sql, token: string): Promise<void> {
  await sql`update public.invites set expires_at = now() where token_hash = private.hash_token(${token})`;
}

export interface Redeemed {
  readonly chat_id: string;
  readonly joined: boolean;
  readonly waiting: boolean;
}

export async function redeem(sql: Sql, token: string, who: { readonly id: string }): Promise<Redeemed> {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ result: Redeemed }[]>`select public.redeem_invite(${token}, ${who.id}) as result`,
  );
  if (row === undefined) throw new Error('redeem_invite gave no row');
  return row.result;
}

export async function removeMember(sql: Sql, by: TestPerson, chat: string, who: TestPerson): Promise<void> {
  await as(sql, person(by.id), (tx) => tx`select public.remove_member(${chat}, ${who.id})`);
}

export async function leave(sql: Sql, who: TestPerson, chat: string): Promise<void> {
  await as(sql, person(who.id), (tx) => tx`select public.leave_chat(${chat})`);
}

export interface MessageOptions {
  readonly id?: string;
  readonly replyTo?: string | null;
  readonly target?: 'default' | 'people';
  readonly attachmentIds?: readonly string[];
  /** Whole, as the hub sends them. */
  readonly shares?: readonly object[];
}

/** Sends a message as the panel's hub does, and gives its id. */
export async function say(
  sql: Sql,
  who: TestPerson,
  chat: string,
  body: string,
  options: MessageOptions = {},
): Promise<string> {
  return as(sql, person(who.id), (tx) => insertMessage(tx, chat, body, options));
}

/** The insert alone, for a transaction that speaks as somebody already. */
export async function insertMessage(
  tx: TransactionSql,
  chat: string,
  body: string,
  options: MessageOptions = {},
): Promise<string> {
  const { id = newId(), replyTo = null, target = 'default', attachmentIds = [], shares = [] } = options;
  await tx`
    insert into public.messages (id, chat_id, body, target, reply_to, attachment_ids, shares)
    values (${id}, ${chat}, ${body}, ${target}, ${replyTo}, ${attachmentIds as string[]}::uuid[],
      ${JSON.stringify(shares)}::text::jsonb)`;
  return id;
}
