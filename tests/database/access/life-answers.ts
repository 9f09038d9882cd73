import { addressed, type Deed, look, TWICE } from './life-rows.ts';
import type { World } from './world.ts';

/** What the AI is asked, and how it answers: with a picture, once more, and not. */
export function answersOf(w: World): readonly Deed[] {
  const { id, say, lease } = addressed(w);
  const told = `select from public.reply_jobs where state = 'running' and chat_id = '${w.chat}'`;
  const run = (job: string) =>
    `update public.reply_jobs set state = 'running', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' where ${job}`;
  return [
    ['service', 1, `select public.claim_reply('${w.chat}')`],
    look(`${told} and claimed_at > now()`),
    ['service', 1, `select public.append_reply(${lease}, 0, 'An answer')`],
    ['owner', TWICE, run(`chat_id = '${w.chat}' and state = 'queued'`)],
    ['member', 1, say(40, '@ai stop')],
    ['service', 1, `select public.append_reply(${lease}, 9, ' goes on')`],
    look(`${told} and stop_requested_by = '${w.member.id}'`),
    ['service', 1, `select public.keep_results(${lease}, '[{"title":"A","url":"https://a.example/"}]', null)`],
    [
      'owner',
      1,
      `update public.reply_jobs set lease_token = gen_random_uuid() where state = 'running' and chat_id = '${w.chat}'`,
    ],
    look(`${told} and sources = '[]'`),
    ['service', 1, `select public.finish_reply(${lease}, 'failed', '', 'crashed', false, null)`],
    // Once more, with a picture.
    [
      'owner',
      1,
      `insert into public.attachments (id, chat_id, owner_id, name, content_type, size) values (${id(41)}, '${w.chat}', null, 'made.png', 'image/png', 5)`,
    ],
    [
      'owner',
      1,
      `insert into storage.objects (bucket_id, name, metadata) values ('attachments', '${w.chat}/' || ${id(41)}, '{"size":5}')`,
    ],
    ['member', 1, `select public.retry_reply('${w.job}')`],
    ['owner', 1, run(`id = '${w.job}'`)],
    ['owner', 1, `update public.reply_jobs set picture_id = ${id(41)} where id = '${w.job}'`],
    ['service', 1, `select public.finish_reply(${lease}, 'done', 'An answer goes on', null, false, null)`],
    look(
      `select from public.messages where kind = 'assistant' and chat_id = '${w.chat}' and attachments::text like '%made.png%'`,
    ),
    look(`select from public.attachments where id = ${id(41)} and message_id is not null`),
    // Without a picture, of which there are no more.
    ['member', 1, say(44, '@ai draw me a boat')],
    ['owner', 1, run(`trigger_message_id = ${id(44)}`)],
    ['owner', 1, `insert into private.picture_use (user_id, period_start, used) values ('${w.member.id}', now(), 1)`],
    ['owner', 1, `update public.reply_jobs set picture_charged = now() where trigger_message_id = ${id(44)}`],
    ['service', 1, `select public.finish_reply(${lease}, 'done', 'No boat', 'pictures', false, null)`],
    look(`select from private.picture_use where user_id = '${w.member.id}' and used = 0`),
    look(
      `select from realtime.messages where topic = 'user:${w.member.id}' and event = 'limit' and inserted_at = now()`,
    ),
    // A question that waits for a second look, until somebody says something.
    ['member', 1, say(43, '@ai once more')],
    ['owner', 1, `update public.reply_jobs set kind = 'turn', looks = 1 where trigger_message_id = ${id(43)}`],
    ['member', 1, say(42, 'somebody says something')],
    look(`select from public.reply_jobs where trigger_message_id = ${id(43)} and state = 'silent'`),
  ];
}
