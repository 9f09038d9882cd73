import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createGroup } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { ask, claimLeased, finish } from './support/replies.ts';

const { sql, migrationUrl } = await useDatabase();
const migration = readFileSync(
  new URL('../../supabase/migrations/20261123001300_sweeper.sql', import.meta.url),
  'utf8',
);

/** Stand-ins for pg_cron, pg_net and Vault, which only hosted projects have: they write down what they are asked for. */
const STAND_INS = `
  create schema cron; create schema net; create schema vault;
  create table cron.jobs (name text, schedule text, command text);
  create function cron.schedule(text, text, text) returns bigint language sql as 'insert into cron.jobs values ($1, $2, $3) returning 1::bigint';
  create table net.calls (url text, body jsonb, headers jsonb);
  create function net.http_post(url text, body jsonb, headers jsonb) returns bigint
    language sql as 'insert into net.calls values (url, body, headers) returning 1::bigint';
  create table vault.decrypted_secrets (name text, decrypted_secret text);
  grant usage on schema cron, net, vault to postgres;
  grant select, insert on cron.jobs, net.calls, vault.decrypted_secrets to postgres;`;

test('where pg_cron, pg_net and Vault are missing, nothing is scheduled', async () => {
  expect(await sql`select to_regproc('private.sweep_replies') as sweep`).toEqual([{ sweep: null }]);
});

test('[AI6] on a hosted project the database itself calls the function reply when work is due, and else keeps quiet', async () => {
  await sql.unsafe(STAND_INS);
  const hosted = /do \$outer\$[\s\S]*/.exec(migration)?.[0];
  // The same block, as if the extensions were there already.
  const block = hosted?.replace(/^ {2}if [\s\S]*?end if;$/m, '').replaceAll(/^ {2}create extension .*$/gm, '');
  if (block === undefined || block.includes('pg_available_extensions') || block.includes('create extension')) {
    throw new Error('the block has changed its shape');
  }
  const migrator = postgres(migrationUrl, { max: 1 });
  await migrator.unsafe(block);
  await migrator.end();

  const [job] = await sql<
    { command: string; schedule: string }[]
  >`select schedule, command from cron.jobs where name = 'reply-sweep'`;
  expect(job?.schedule).toBe('10 seconds');
  const sweep = async () => {
    await sql.unsafe(job?.command ?? '');
    return (await sql`select url, body, headers from net.calls`).map((call) => ({ ...call }));
  };

  const ana = await createPerson(sql, 'ana');
  const chat = await createGroup(sql, ana);
  await ask(sql, ana, chat);
  expect(await sweep(), 'no secrets are stored').toEqual([]);
  await sql`insert into vault.decrypted_secrets values ('project_url', 'https://project.example'), ('secret_key', 'sb_secret_x')`;
  const call = {
    url: 'https://project.example/functions/v1/reply',
    body: {},
    headers: { 'content-type': 'application/json', apikey: 'sb_secret_x' },
  };
  expect(await sweep()).toEqual([call]);
  const leased = await claimLeased(sql, chat);
  expect(await sweep(), 'somebody works on it').toEqual([call]);
  await finish(sql, leased);
  expect(await sweep(), 'all is done').toEqual([call]);
});
