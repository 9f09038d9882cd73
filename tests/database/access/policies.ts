import { CLOSED_POLICIES } from './closed-policies.ts';
import { FILE_POLICIES } from './file-policies.ts';
import { membersRead, NO, type PolicyCase, probe } from './policy-case.ts';
import { SAFETY_POLICIES } from './safety-policies.ts';
import { SHARE_POLICIES } from './share-policies.ts';
import type { World } from './world.ts';
import { lookedAfter, YOUNG_POLICIES } from './young-policies.ts';

const NOT_HIDDEN = '(messages.author_id = any ((select private.hidden_authors())::uuid[])) is not true';
/** The policy of messages with other conditions on the reader's membership `m`. */
const ifMember = (...conditions: readonly string[]) =>
  `using (exists (select from public.members m where m.chat_id = messages.chat_id and ${conditions.join(' and ')}))`;
const [MINE, IN_HISTORY] = ['m.user_id = (select auth.uid())', 'm.history_from <= messages.seq'];

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
    covered: {
      '((user_id = ': 'One’s own chats hold one’s own membership; found by itself, it needs no list of chats.',
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
    // By the creator, who blocked the blocked one. The members' history begins with it, the creator's after it; the AI has the last word.
    prepare: (w) =>
      `${lookedAfter(w)}
        update public.members b set history_from = m.seq + case b.role when 'creator' then 1 else 0 end
        from public.messages m where m.id = '${w.message}' and b.chat_id = m.chat_id;
        insert into public.messages (id, chat_id, seq, kind, author_id, body)
        values (gen_random_uuid(), '${w.chat}', 100000, 'assistant', null, 'of the AI')`,
    probes: [
      probe('member', 1, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('blocked', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('blocked', 1, (w) => `select 1 from public.messages where chat_id = '${w.chat}' and seq = 100000`),
      probe('creator', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('stranger', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('removed', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
      probe('left', 0, (w) => `select 1 from public.messages where id = '${w.message}'`),
    ],
    variants: {
      'whatever the history': ifMember(MINE, NOT_HIDDEN),
      'one message less': ifMember(MINE, 'm.history_from < messages.seq', NOT_HIDDEN),
      'whoever is in it': ifMember(IN_HISTORY, NOT_HIDDEN),
      'of who blocked them as well': ifMember(MINE, IN_HISTORY),
      'of people alone': ifMember(
        MINE,
        IN_HISTORY,
        'messages.author_id <> all ((select private.hidden_authors())::uuid[])',
      ),
    },
  },
  ...SAFETY_POLICIES,
  ...FILE_POLICIES,
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
      `insert into public.join_requests select chat_id, '${w.left.id}', invite_id from public.join_requests where user_id = '${w.invited.id}'`,
    probes: [
      ...['member', 'creator'].map((who) =>
        probe(who as 'member', 1, (w) => `select 1 from public.join_requests where user_id = '${w.invited.id}'`),
      ),
      probe('left', 1, (w) => `select 1 from public.join_requests where user_id = '${w.left.id}'`),
      probe('left', 0, (w) => `select 1 from public.join_requests where user_id = '${w.invited.id}'`),
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
};

function insertMessage(world: World, author: string, kind: string): string {
  return `insert into public.messages (id, chat_id, seq, kind, author_id, body)
    values (gen_random_uuid(), '${world.chat}', 1000, '${kind}', ${author}, 'hi')`;
}
