import { answersOf } from './life-answers.ts';
import { addressed, type Deed, look, TWICE } from './life-rows.ts';
import type { World } from './world.ts';

/**
 * A life of the group in which every trigger has something to do, and every key is met twice.
 */
export function lifeOf(w: World): readonly Deed[] {
  const { id, say, attach } = addressed(w);
  const summary = `insert into private.chat_summaries (chat_id, from_seq, through_seq, body)
    select id, 0, last_seq, 'They met.' from public.chats`;
  const onTopic = (later: number) =>
    `select from public.chats where id = '${w.chat}' and epoch = ${Number(w.topic.split(':')[2]) + later}`;
  const page = `'${'0'.repeat(64)}'`;
  const share = JSON.stringify([
    {
      id: '0199f000-0000-7000-8000-000000000021',
      kind: 'article',
      url: 'https://example.org/a',
      title: 'A',
      text: 'words',
    },
  ]);
  return [
    // Saying something, and what hangs on it.
    ['member', 1, say(1, 'Hello @all, and @ai')],
    ['member', TWICE, say(1, 'Hello again')],
    ['stranger', 'SR002', say(2, 'let me in')],
    ['shut', 'SR086', say(2, 'let me in')],
    ['owner', 1, `update public.messages set body = 'Hello @${w.creator.username}' where id = ${id(1)}`],
    look(`select from public.messages where id = ${id(1)} and mentions <> '{}'`),
    look(`select from public.changes where entity_id = ${id(1)} limit 1`),
    ['member', 1, `select public.edit_message(${id(1)}, 'Hello @all')`],
    ['member', 1, `select public.set_reaction(${id(1)}, '👍', true)`],
    look(`select from public.messages where id = ${id(1)} and reactions::text like '%${w.member.id}%'`),
    ['creator', 1, `select public.set_reaction(${id(1)}, '👍', true)`],
    ['member', 1, `select public.set_reaction(${id(1)}, '👍', false)`],
    look(`select from public.messages where id = ${id(1)} and reactions::text not like '%${w.member.id}%'`),
    [
      'owner',
      'SR007',
      `insert into private.reactions (message_id, user_id, emoji) values ('${w.message}', '${w.actors.blocked.role === 'authenticated' ? w.actors.blocked.id : ''}', '👍')`,
    ],
    [
      'owner',
      1,
      `insert into private.assistant_reactions (message_id, chat_id, emoji) values (${id(1)}, '${w.chat}', '🎉')`,
    ],
    look(`select from public.messages where id = ${id(1)} and reactions::text like '%🎉%'`),
    ['owner', 1, `${summary} where id = '${w.chat}'`],
    ['member', 1, `select public.edit_message(${id(1)}, 'Good morning')`],
    look(`select from private.chat_summaries where chat_id = '${w.chat}'`, 0),
    // Files and pages.
    ['member', 1, attach(10)],
    [
      'owner',
      1,
      `insert into storage.objects (bucket_id, name, owner_id, metadata) values ('attachments', '${w.chat}/' || ${id(10)}, '${w.member.id}', '{"size":5}')`,
    ],
    ['creator', 'SR021', say(11, 'not mine', `array[${id(10)}]::uuid[]`)],
    ['member', 1, say(11, 'a file', `array[${id(10)}]::uuid[]`)],
    look(`select from public.attachments where id = ${id(10)} and message_id = ${id(11)}`),
    [
      'member',
      1,
      `insert into public.messages (id, chat_id, body, shares) values (${id(20)}, '${w.chat}', 'a page', '${share}'::text::jsonb)`,
    ],
    look(`select from public.page_shares where message_id = ${id(20)}`),
    ['service', 1, `select public.set_legal_hold('${w.chat}', 'A court asked.')`],
    ['member', 1, `select public.delete_message(${id(20)})`],
    look(`select from private.held_copies where message_id = ${id(20)}`),
    ['owner', 1, `delete from private.legal_holds where chat_id = '${w.chat}'`],
    look(`select from public.page_shares where message_id = ${id(20)}`, 0),
    // People.
    ['member', 1, `update public.profiles set display_name = 'Mo'`],
    look(`select from public.profiles where id = '${w.member.id}' and updated_at = now()`),
    look(`select from public.changes where entity_id = '${w.member.id}' and created_at > now() limit 1`),
    ['member', 1, `update public.accounts set quiet_from = '22:00', quiet_to = '07:00', quiet_zone = 'Europe/Berlin'`],
    look(
      `select from realtime.messages where topic = 'user:${w.member.id}' and event = 'quiet_hours' and inserted_at = now()`,
    ),
    ['owner', 1, `update public.accounts set birth_date = '1991-01-01' where user_id = '${w.member.id}'`],
    look(`select from public.accounts where user_id = '${w.member.id}' and birth_date = '1991-01-01'`, 0),
    ['owner', 1, `insert into auth.users (id, email) values (${id(30)}, 'thirty@example.test')`],
    [
      'newcomer',
      'SR081',
      `insert into public.profiles (id, display_name, username) values (auth.uid(), 'New', 'new_here')`,
    ],
    ['owner', 1, `update public.accounts set birth_date = '1990-01-01' where user_id = ${id(30)}`],
    [
      'owner',
      1,
      `insert into public.profiles (id, display_name, username) values (${id(30)}, 'Thirty', 'thirty_years')`,
    ],
    ['member', TWICE, `update public.profiles set username = 'thirty_years'`],
    ['member', 1, `insert into public.memories (id, body) values (${id(31)}, 'I like tea.')`],
    ['member', 1, `update public.memories set body = 'I like coffee.'`],
    ['creator', 1, `update public.memories set body = 'I live in Oslo.'`],
    look(`select from public.memories where body = 'I live in Oslo.' and updated_at = now()`),
    [
      'member',
      'SR088',
      `insert into public.memories (id, body) select gen_random_uuid(), 'x' from generate_series(1, 1000)`,
    ],
    // Who is in the group.
    // Whom the member blocked, who hears no more on the old topic of what was said to others.
    ['owner', 1, `insert into public.members (chat_id, user_id) values ('${w.chat}', '${w.left.id}')`],
    look(onTopic(1)),
    ['owner', 1, `insert into public.members (chat_id, user_id, history_from) values ('${w.chat}', ${id(30)}, 5)`],
    look(onTopic(2)),
    look(`select from public.audit_events where chat_id = '${w.chat}' and type = 'joined' and subject_id = ${id(30)}`),
    look(
      `select from public.messages where chat_id = '${w.chat}' and notice ->> 'type' = 'joined' and created_at >= now()`,
      2,
    ),
    [
      'owner',
      TWICE,
      `insert into public.members (chat_id, user_id, role) values ('${w.chat}', '${w.stranger.id}', 'creator')`,
    ],
    ['owner', 'SR086', `insert into public.members (chat_id, user_id) values ('${w.chat}', '${w.shut.id}')`],
    [
      'owner',
      'SR086',
      `insert into public.join_requests select chat_id, '${w.shut.id}', id from public.invites where id = '${w.invite}'`,
    ],
    [
      'owner',
      'SR004',
      `insert into private.invite_redemptions (invite_id, user_id) values ('${w.invite}', '${w.actors.blocked.role === 'authenticated' ? w.actors.blocked.id : ''}')`,
    ],
    ['owner', 1, `update public.accounts set closing = '{}' where user_id = '${w.stranger.id}'`],
    ['owner', 'SR074', `insert into public.members (chat_id, user_id) values ('${w.chat}', '${w.stranger.id}')`],
    [
      'owner',
      20,
      `insert into auth.users (id, email) select ('0199f000-0000-7000-8000-0000000001' || lpad(n::text, 2, '0'))::uuid, n || '@example.test' from generate_series(1, 20) n`,
    ],
    ['owner', 22, `update public.accounts set birth_date = '1990-01-01' where birth_date is null`],
    [
      'owner',
      20,
      `insert into public.profiles (id, display_name, username) select id, 'Crowd', 'crowd_' || right(id::text, 2) from auth.users where id::text like '0199f000-0000-7000-8000-0000000001%'`,
    ],
    [
      'owner',
      'SR003',
      `insert into public.members (chat_id, user_id) select '${w.chat}', id from public.profiles where username like 'crowd\\_%'`,
    ],
    // On a page.
    ...(['creator', 'member'] as const).flatMap((who): Deed[] => [
      [who, 1, `select public.beat('${w.chat}', true)`],
      [who, 1, `select public.set_page_presence('${w.chat}', true)`],
      [who, 1, `select public.beat_on_page('${w.chat}', false, ${page})`],
    ]),
    look(
      `select from realtime.messages where topic = 'user:${w.creator.id}' and event = 'page_presence' and inserted_at = now() limit 1`,
    ),
    ...answersOf(w),
    // What is there once.
    [
      'owner',
      TWICE,
      `update public.messages set seq = (select seq from public.messages where id = ${id(11)}) where id = ${id(1)}`,
    ],
    [
      'owner',
      TWICE,
      `update public.reply_jobs set message_id = (select message_id from public.reply_jobs where id = '${w.job}')`,
    ],
    [
      'owner',
      TWICE,
      `update public.reply_jobs set trigger_message_id = (select trigger_message_id from public.reply_jobs where id = '${w.job}')`,
    ],
    [
      'owner',
      TWICE,
      `insert into private.reports select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*
        from private.reports r where r.message_id = '${w.message}'`,
    ],
    [
      'owner',
      TWICE,
      `insert into private.guardian_codes select id, '\\x00', now() + interval '1 hour' from public.profiles where id in ('${w.member.id}', '${w.creator.id}')`,
    ],
    [
      'owner',
      TWICE,
      `update public.invites set token_hash = (select token_hash from public.invites where id = '${w.invite}')`,
    ],
    [
      'owner',
      TWICE,
      `set local session_replication_role = replica; update public.audit_events set number = 1 where chat_id = '${w.chat}'`,
    ],
    // What nobody changes.
    ['owner', 'SR070', `update public.audit_events set type = 'x'`],
    ['owner', 'SR070', `delete from public.audit_events`],
    ['owner', 'SR070', `truncate public.audit_events`],
    ['owner', 'SR050', `update private.model_routes set place = 999 where place = 1000`],
    ['owner', 'SR050', `delete from private.model_routes where place = 1000`],
    ['owner', 'SR050', `truncate private.model_routes`],
    // The end: one goes, then the group, then everybody.
    ['member', 1, `select public.leave_chat('${w.chat}')`],
    look(`select from private.former_members where chat_id = '${w.chat}' and user_id = '${w.member.id}'`),
    ['owner', 1, `${summary} where id = '${w.chat}'`],
    ['owner', 1, `delete from public.messages where id = ${id(1)}`],
    look(`select from private.chat_summaries where chat_id = '${w.chat}'`, 0),
    look(`select from public.join_requests where chat_id = '${w.chat}'`),
    ['owner', 1, `update public.chats set closed_at = now() where id = '${w.chat}'`],
    look(`select from public.join_requests where chat_id = '${w.chat}'`, 0),
  ];
}
