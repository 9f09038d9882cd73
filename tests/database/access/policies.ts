import type { Outcome } from '../support/attempt.ts';
import { CLOSED_POLICIES } from './closed-policies.ts';
import { SHARE_POLICIES } from './share-policies.ts';
import type { Who, World } from './world.ts';
import { lookedAfter, YOUNG_POLICIES } from './young-policies.ts';

/** One thing that one person may or may not do by this policy alone. */
export interface PolicyProbe {
  readonly who: Who | 'newcomer';
  statement(world: World): string;
  readonly outcome: Outcome;
}

export interface PolicyCase {
  readonly table: string;
  /** Before every probe, as the superuser. */
  prepare?(world: World): string;
  readonly probes: readonly PolicyProbe[];
  /** Weaker or stronger wordings of a condition, each of which some probe must tell from the true one. */
  readonly variants?: Readonly<Record<string, string>>;
}

/** An attachment whose bytes have not come. */
const UNSENT = '0199e000-0000-7000-8000-000000000001';

/** Refused by a policy's check. */
const NO = '42501';

const probe = (who: PolicyProbe['who'], outcome: Outcome, statement: PolicyProbe['statement']): PolicyProbe => ({
  who,
  outcome,
  statement,
});

/** Those in the chat read its rows; a stranger, and whoever is gone, reads none. */
const membersRead = (select: (world: World) => string): PolicyProbe[] => [
  probe('member', 1, select),
  probe('creator', 1, select),
  probe('stranger', 0, select),
  probe('removed', 0, select),
  probe('left', 0, select),
];

/**
 * Every policy by its name. The probes run with all rights granted and all of our triggers off, so that nothing but the policy
 * stands between the person and the rows.
 */
export const POLICIES: Readonly<Record<string, PolicyCase>> = {
  ...YOUNG_POLICIES,
  ...CLOSED_POLICIES,
  'people create their own profile': {
    table: 'public.profiles',
    probes: [
      probe(
        'newcomer',
        1,
        () => `insert into public.profiles (id, display_name, username) values (auth.uid(), 'N', 'nnn')`,
      ),
      probe(
        'newcomer',
        NO,
        (w) => `insert into public.profiles (id, display_name, username) values ('${w.nobody.id}', 'N', 'nnn')`,
      ),
    ],
  },
  'people change their own profile': {
    table: 'public.profiles',
    probes: [
      probe('creator', 1, () => `update public.profiles set display_name = 'X'`),
      probe('member', 0, (w) => `update public.profiles set display_name = 'X' where id = '${w.creator.id}'`),
      probe('removed', NO, (w) => `update public.profiles set id = '${w.nobody.id}'`),
    ],
  },
  'people see themselves and those they share a chat with': {
    table: 'public.profiles',
    probes: [
      ...membersRead((w) => `select 1 from public.profiles where id = '${w.creator.id}'`),
      probe('removed', 1, () => `select 1 from public.profiles`),
      probe('member', 1, (w) => `select 1 from public.profiles where id = '${w.left.id}'`),
    ],
    variants: {
      'themselves only': `using (id = (select auth.uid()))`,
      'those they share a chat with only': `using (id in (select private.known_profile_ids()))`,
    },
  },
  'people read their own account': {
    table: 'public.accounts',
    probes: [
      probe('creator', 1, () => 'select 1 from public.accounts'),
      probe('stranger', 1, () => 'select 1 from public.accounts'),
    ],
  },
  'people change their own account': {
    table: 'public.accounts',
    probes: [
      probe('creator', 1, () => `update public.accounts set settings = '{}'`),
      probe('creator', NO, (w) => `update public.accounts set user_id = '${w.nobody.id}'`),
    ],
  },
  'members read their chats': {
    table: 'public.chats',
    probes: membersRead((w) => `select 1 from public.chats where id = '${w.chat}'`),
  },
  'members see who is in their chats': {
    table: 'public.members',
    prepare: lookedAfter,
    probes: [
      ...membersRead((w) => `select 1 from public.members where user_id = '${w.creator.id}'`),
      probe('left', 0, () => 'select 1 from public.members'),
    ],
    variants: {
      'own ones with groups off': `using (user_id = (select auth.uid()) or chat_id in (select private.my_chat_ids()))`,
    },
  },
  'members change their own settings': {
    table: 'public.members',
    probes: [
      probe('member', 1, () => `update public.members set notification_level = 'none'`),
      probe('removed', 0, () => `update public.members set notification_level = 'none'`),
      probe('member', NO, (w) => `update public.members set user_id = '${w.stranger.id}'`),
    ],
  },
  'nobody reads former members': {
    table: 'private.former_members',
    probes: [
      probe('creator', 0, () => 'select 1 from private.former_members'),
      probe('left', 0, () => 'select 1 from private.former_members'),
    ],
  },
  "members read their chats' messages": {
    table: 'public.messages',
    // The member's history begins with this message, the creator's after it.
    prepare: (w) =>
      `${lookedAfter(w)}
        update public.members b set history_from = m.seq + case b.role when 'creator' then 1 else 0 end
        from public.messages m where m.id = '${w.message}' and b.chat_id = m.chat_id`,
    probes: [
      probe('member', 1, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('creator', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('stranger', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('removed', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('left', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
    ],
    variants: {
      'whatever the history': 'using (chat_id in (select private.my_chat_ids()))',
      'one message less': `using (exists (select from public.members m
        where m.chat_id = messages.chat_id and m.user_id = (select auth.uid()) and m.history_from < messages.seq))`,
      'whoever is in it': `using (exists (select from public.members m
        where m.chat_id = messages.chat_id and m.history_from <= messages.seq))`,
    },
  },
  'nobody reads presence': {
    table: 'private.presence',
    probes: [probe('creator', 0, () => 'select 1 from private.presence')],
  },
  'members add files of their own to their chats': {
    table: 'public.attachments',
    probes: [
      probe('member', 1, (w) => insertFile(w.chat, 'auth.uid()')),
      probe('stranger', NO, (w) => insertFile(w.chat, 'auth.uid()')),
      probe('removed', NO, (w) => insertFile(w.chat, 'auth.uid()')),
      probe('member', NO, (w) => insertFile(w.chat, `'${w.creator.id}'`)),
      probe('member', NO, (w) => insertFile(w.chat, 'auth.uid()', `'${w.message}'`)),
    ],
    variants: {
      'as anybody': `with check (message_id is null and chat_id in (select private.my_chat_ids()))`,
      'of a message': `with check (owner_id = (select auth.uid()) and chat_id in (select private.my_chat_ids()))`,
      'in any chat': `with check (owner_id = (select auth.uid()) and message_id is null)`,
    },
  },
  'whoever reads a message reads its files': {
    table: 'public.attachments',
    // The creator's history begins after all messages; the member, and whoever has left, has a file that is not sent.
    prepare: (w) =>
      `update public.members b set history_from = 1000000 where b.chat_id = '${w.chat}' and b.role = 'creator';
       insert into public.attachments (id, chat_id, owner_id, name, content_type, size)
       select gen_random_uuid(), '${w.chat}', owner, 'unsent', 'text/plain', 1
       from unnest(array['${w.member.id}', '${w.left.id}']::uuid[]) owner`,
    probes: [
      ...(['member', 'creator', 'stranger', 'removed', 'left'] as const).map((who) =>
        probe(who, who === 'member' ? 1 : 0, (w) => `select 1 from public.attachments where id = '${w.file}'`),
      ),
      probe('member', 1, () => `select 1 from public.attachments where name = 'unsent'`),
      probe('creator', 0, () => `select 1 from public.attachments where name = 'unsent'`),
      probe('left', 0, () => `select 1 from public.attachments where name = 'unsent'`),
    ],
    variants: {
      'of all members': 'using (chat_id in (select private.my_chat_ids()))',
      'one’s own wherever': `using (case when message_id is null then owner_id = (select auth.uid())
        else exists (select 1 from public.messages m where m.id = message_id) end)`,
    },
  },
  'people add the bytes of their unsent files': {
    table: 'storage.objects',
    prepare: (w) => `
      insert into public.attachments (id, chat_id, owner_id, name, content_type, size)
      values ('${UNSENT}', '${w.chat}', '${w.member.id}', 'unsent', 'text/plain', 1);
      select set_config('storage.operation', 'storage.tus.upload.create', true)`,
    probes: [
      probe('member', 1, (w) => insertBytes(w, UNSENT)),
      probe('member', 1, (w) => insertBytes(w, `${UNSENT}.thumb`)),
      probe('member', NO, (w) => insertBytes(w, `${UNSENT}.html`)),
      probe('member', NO, (w) => insertBytes({ ...w, chat: w.message }, UNSENT)),
      probe('member', NO, (w) => insertBytes(w, w.message)),
      probe('member', NO, (w) => insertBytes(w, UNSENT, `'${w.creator.id}'`)),
      probe('creator', NO, (w) => insertBytes(w, UNSENT)),
      probe('creator', NO, (w) => insertBytes(w, `${w.file}.thumb`)),
      probe('stranger', NO, (w) => insertBytes(w, UNSENT)),
      probe('member', NO, (w) => `${signing}; ${insertBytes(w, UNSENT)}`),
    ],
  },
  'whoever reads a message reads the bytes of its files': {
    table: 'storage.objects',
    prepare: (w) => `
      update public.members b set history_from = 1000000 where b.chat_id = '${w.chat}' and b.role = 'creator';
      select set_config('storage.operation', 'storage.object.get_authenticated', true)`,
    probes: [
      ...(['member', 'creator', 'stranger', 'removed', 'left'] as const).map((who) =>
        probe(who, who === 'member' ? 1 : 0, (w) => `select 1 from storage.objects where name = '${w.chat}/${w.file}'`),
      ),
      probe('member', 0, (w) => `${signing}; select 1 from storage.objects where name = '${w.chat}/${w.file}'`),
    ],
  },
  "nobody reads the AI's reactions": {
    table: 'private.assistant_reactions',
    prepare: (w) =>
      `insert into private.assistant_reactions (message_id, chat_id, emoji) values ('${w.message}', '${w.chat}', '👋')`,
    probes: [probe('creator', 0, () => 'select 1 from private.assistant_reactions')],
  },
  'nobody reads summaries': {
    table: 'private.chat_summaries',
    prepare: (w) => `insert into private.chat_summaries values ('${w.chat}', 0, 1, 'They met.')`,
    probes: [probe('creator', 0, () => 'select 1 from private.chat_summaries')],
  },
  'nobody reads plans': {
    table: 'private.plans',
    probes: [probe('stranger', 0, () => 'select 1 from private.plans')],
  },
  'nobody reads quotas': {
    table: 'private.quota_use',
    prepare: (w) => `insert into private.quota_use values ('${w.creator.id}', now(), 1)`,
    probes: [probe('creator', 0, () => 'select 1 from private.quota_use')],
  },
  'nobody reads what was unasked': {
    table: 'private.unasked_use',
    prepare: (w) => `insert into private.unasked_use values ('${w.chat}', now(), 1)`,
    probes: [probe('creator', 0, () => 'select 1 from private.unasked_use')],
  },
  'nobody reads reactions': {
    table: 'private.reactions',
    probes: [probe('creator', 0, () => 'select 1 from private.reactions')],
  },
  'whoever reads a message reads its earlier wordings': {
    table: 'public.message_versions',
    // The creator's history begins after the message.
    prepare: (w) =>
      `update public.members b set history_from = m.seq + 1
        from public.messages m where m.id = '${w.message}' and b.chat_id = m.chat_id and b.role = 'creator'`,
    probes: (['member', 'creator', 'stranger', 'removed', 'left'] as const).map((who) =>
      probe(
        who,
        who === 'member' ? 1 : 0,
        (w) => `select 1 from public.message_versions where message_id = '${w.message}'`,
      ),
    ),
  },
  ...SHARE_POLICIES,
  'members write as themselves in their chats': {
    table: 'public.messages',
    probes: [
      probe('member', 1, (w) => insertMessage(w, 'auth.uid()', 'member')),
      probe('stranger', NO, (w) => insertMessage(w, 'auth.uid()', 'member')),
      probe('removed', NO, (w) => insertMessage(w, 'auth.uid()', 'member')),
      probe('left', NO, (w) => insertMessage(w, 'auth.uid()', 'member')),
      probe('member', NO, (w) => insertMessage(w, `'${w.creator.id}'`, 'member')),
      probe('member', NO, (w) => insertMessage(w, 'null', 'assistant')),
      probe('member', NO, (w) => insertMessage(w, 'auth.uid()', 'assistant')),
    ],
    variants: {
      'of any kind': `with check (author_id = (select auth.uid()) and chat_id in (select private.my_chat_ids()))`,
      'as anybody': `with check (kind = 'member' and chat_id in (select private.my_chat_ids()))`,
      'in any chat': `with check (kind = 'member' and author_id = (select auth.uid()))`,
    },
  },
  "members read their chats' changes": {
    table: 'public.changes',
    probes: membersRead((w) => `select 1 from public.changes where chat_id = '${w.chat}' and seq = 1`),
  },
  "members read their chats' audit events": {
    table: 'public.audit_events',
    probes: membersRead((w) => `select 1 from public.audit_events where chat_id = '${w.chat}' and type = 'created'`),
  },
  'members and those who wait see the request': {
    table: 'public.join_requests',
    prepare: (w) =>
      `insert into public.join_requests select chat_id, '${w.left.id}', invite_id from public.join_requests where user_id = '${w.waiting.id}'`,
    probes: [
      ...['member', 'creator'].map((who) =>
        probe(who as 'member', 1, (w) => `select 1 from public.join_requests where user_id = '${w.waiting.id}'`),
      ),
      probe('left', 1, (w) => `select 1 from public.join_requests where user_id = '${w.left.id}'`),
      probe('left', 0, (w) => `select 1 from public.join_requests where user_id = '${w.waiting.id}'`),
      probe('stranger', 0, () => 'select 1 from public.join_requests'),
    ],
  },
  "members see their chats' invites": {
    table: 'public.invites',
    probes: membersRead((w) => `select 1 from public.invites where id = '${w.invite}'`),
  },
  'nobody reads redemptions': {
    table: 'private.invite_redemptions',
    probes: [probe('member', 0, () => 'select 1 from private.invite_redemptions')],
  },
  'nobody reads tries': {
    table: 'private.invite_tries',
    prepare: (w) => `insert into private.invite_tries (subject) values ('person:${w.member.id}')`,
    probes: [probe('member', 0, () => 'select 1 from private.invite_tries')],
  },
  "members see their chats' replies": {
    table: 'public.reply_jobs',
    // An old answer is tried again: the member's history begins with it, the creator's after it.
    prepare: (w) =>
      `with answer as (
          insert into public.messages (id, chat_id, seq, kind, author_id, status)
          select message_id, chat_id, 100000, 'assistant', null, 'failed' from public.reply_jobs where id = '${w.job}'
          returning chat_id, seq)
        update public.members b set history_from = a.seq + case b.role when 'creator' then 1 else 0 end
        from answer a where b.chat_id = a.chat_id`,
    probes: (['member', 'creator', 'stranger', 'removed', 'left'] as const).map((who) =>
      probe(who, who === 'member' ? 1 : 0, (w) => `select 1 from public.reply_jobs where id = '${w.job}'`),
    ),
    variants: { 'whatever the history': 'using (chat_id in (select private.my_chat_ids()))' },
  },
  "people receive on their own and their chats' present topics": {
    table: 'realtime.messages',
    prepare: (w) => `
      insert into realtime.messages (topic, extension) values ('${w.topic}', 'broadcast'), ('${w.topic}', 'presence');
      select set_config('realtime.topic', '${w.topic}', true)`,
    probes: [
      ...membersRead(
        (w) =>
          `select 1 from realtime.messages where topic = '${w.topic}' and extension = 'broadcast' and event is null`,
      ),
      probe(
        'member',
        0,
        (w) => `select 1 from realtime.messages where topic = '${w.topic}' and extension = 'presence'`,
      ),
    ],
    variants: { 'of any kind': `using ((select private.can_receive((select realtime.topic()))))` },
  },
  'people add their own pictures': {
    table: 'storage.objects',
    probes: [
      probe('stranger', 1, () => insertObject('avatars', 'auth.uid()')),
      probe('member', NO, (w) => insertObject('avatars', `'${w.creator.id}'`)),
      probe('member', NO, () => insertObject('elsewhere', 'auth.uid()')),
    ],
    variants: {
      'in any bucket': `with check ((storage.foldername(name))[1] = (select auth.uid())::text)`,
      'below any id': `with check (bucket_id = 'avatars')`,
    },
  },
  'people remove their own pictures': {
    table: 'storage.objects',
    // Without a condition on rows, so that no policy for reading comes in.
    probes: [
      probe('creator', 1, () => 'delete from storage.objects'),
      probe('member', 0, () => 'delete from storage.objects'),
    ],
    variants: {
      'in any bucket': `using ((storage.foldername(name))[1] = (select auth.uid())::text)`,
      'below any id': `using (bucket_id = 'avatars')`,
    },
  },
  'people see the pictures of profiles they see': {
    table: 'storage.objects',
    probes: [
      ...membersRead(() => `select 1 from storage.objects where bucket_id = 'avatars' and name like '%/face.webp'`),
      probe(
        'newcomer',
        1,
        () => `with own as (${insertObject('avatars', 'auth.uid()')} returning name) select 1 from own`,
      ),
      probe('member', 0, () => `select 1 from storage.objects where bucket_id = 'elsewhere'`),
    ],
    variants: {
      'in any bucket': `using ((storage.foldername(name))[1] in (select id::text from private.known_profile_ids() as known (id)))`,
      'their own only': `using (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text)`,
      'those of others only': `using (bucket_id = 'avatars'
        and (storage.foldername(name))[1] in (select id::text from private.known_profile_ids() as known (id)))`,
    },
  },
};

function insertMessage(world: World, author: string, kind: string): string {
  return `insert into public.messages (id, chat_id, seq, kind, author_id, body)
    values (gen_random_uuid(), '${world.chat}', 1000, '${kind}', ${author}, 'hi')`;
}

/** What makes an address that whoever has it may use. */
const signing = `set local storage.operation = 'storage.object.sign'`;

function insertFile(chat: string, owner: string, message = 'null'): string {
  return `insert into public.attachments (id, chat_id, owner_id, message_id, name, content_type, size)
    values (gen_random_uuid(), '${chat}', ${owner}, ${message}, 'a.txt', 'text/plain', 1)`;
}

function insertBytes({ chat }: Pick<World, 'chat'>, name: string, owner = 'auth.uid()'): string {
  return `insert into storage.objects (bucket_id, name, owner_id) values ('attachments', '${chat}/${name}', ${owner}::text)`;
}

function insertObject(bucket: string, owner: string): string {
  return `insert into storage.objects (bucket_id, name) values ('${bucket}', ${owner} || '/new.webp')`;
}
