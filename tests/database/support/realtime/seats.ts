import type { Sql, TransactionSql } from 'postgres';
import type { Person } from './people.ts';

/** What a seat lets a person do on a topic: hear broadcasts and presence, send broadcasts, track presence. */
export type Right = 'hear' | 'broadcast' | 'presence';

/** A schema that only tests have: who may do what on which topic, and policies that ask it. */
export async function createSeats(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create schema stage;
    create table stage.seats (topic text, person uuid, rights text[], primary key (topic, person));
    create function stage.allows(p_right text) returns boolean
    language sql stable security definer set search_path = '' as $$
      select exists (
        select from stage.seats s
        where s.topic = (select realtime.topic()) and s.person = (select auth.uid()) and p_right = any (s.rights))
    $$;
    grant usage on schema stage to authenticated;
    grant execute on function stage.allows(text) to authenticated;
    create policy "seated people hear" on realtime.messages for select to authenticated
      using (stage.allows('hear'));
    create policy "seated people send" on realtime.messages for insert to authenticated
      with check (stage.allows(extension));`);
}

export async function seat(sql: Sql, topic: string, people: readonly Person[], rights: readonly Right[] = ['hear']) {
  for (const { id } of people) {
    await sql`
      insert into stage.seats values (${topic}, ${id}, ${[...rights]})
      on conflict (topic, person) do update set rights = excluded.rights`;
  }
}

export async function unseat(sql: Sql, topic: string, { id }: Person): Promise<void> {
  await sql`delete from stage.seats where topic = ${topic} and person = ${id}`;
}

/** Broadcasts as the database does. */
export async function publish(
  sql: Sql | TransactionSql,
  topic: string,
  event: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await sql`select realtime.send(${sql.json(payload as never)}, ${event}, ${topic}, true)`;
}
