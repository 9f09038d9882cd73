import type { Row } from './cast.ts';
import type { World } from './world.ts';

export type Command = 'select' | 'insert' | 'update' | 'delete';

/** Something that somebody may do with a table, and what comes of it for everybody. */
export interface Probe extends Row {
  readonly command: Command;
  readonly what: string;
  statement(world: World): string;
  /** Runs before, as the superuser. */
  prepare?(world: World): string;
}

/** What would show that a command on a table is not closed. */
export function closedStatement(command: Command, table: string, column: string): string {
  return {
    select: `select from ${table}`,
    insert: `insert into ${table} default values`,
    update: `update ${table} set ${column} = null`,
    delete: `delete from ${table}`,
  }[command];
}

/** Refused for lack of rights, by grants or by policy. */
const NO = '42501';
/** Refused by `order_message`: not a member. */
const SR2 = 'SR002';

/**
 * What each table opens. A command that has no probe here is closed to everybody; a table that is missing here fails the test.
 * Columns: anon, stranger, member, creator, removed, left, service.
 */
export const TABLES: Readonly<Record<string, readonly Probe[]>> = {
  'public.audit_events': [
    {
      command: 'select',
      what: 'how the group began',
      statement: (w) => `select * from public.audit_events where chat_id = '${w.chat}' and type = 'created'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
    },
  ],
  'public.blocks': [
    {
      command: 'select',
      what: 'whom the member blocked',
      statement: (w) => `select * from public.blocks where blocker_id = '${w.member.id}'`,
      outcomes: [NO, 0, 1, 0, 0, 0, NO],
      unlike: { blocked: 0 },
    },
  ],
  'public.report_queue': [
    {
      command: 'select',
      what: 'what the member reported',
      statement: (w) => `select * from public.report_queue where message_id = '${w.message}'`,
      outcomes: [NO, NO, NO, NO, NO, NO, 1],
    },
  ],
  'private.reports': [
    {
      command: 'select',
      what: 'what the member reported',
      statement: (w) => `select * from private.reports where message_id = '${w.message}'`,
      outcomes: [NO, NO, NO, NO, NO, NO, 1],
    },
  ],
  'private.legal_holds': [],
  'private.held_copies': [
    {
      command: 'select',
      what: 'what was deleted under a hold',
      statement: () => 'select * from private.held_copies',
      outcomes: [NO, NO, NO, NO, NO, NO, 1],
    },
  ],
  'public.held_messages': [
    {
      command: 'select',
      what: 'what was deleted under a hold',
      statement: () => 'select * from public.held_messages',
      outcomes: [NO, NO, NO, NO, NO, NO, 1],
    },
  ],
  'public.join_requests': [
    {
      command: 'select',
      what: 'who waits',
      statement: (w) => `select user_id, created_at from public.join_requests where chat_id = '${w.chat}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
      unlike: { invited: 1 },
    },
  ],
  'public.profiles': [
    {
      command: 'select',
      what: 'the creator’s face',
      statement: (w) => `select * from public.profiles where id = '${w.creator.id}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
    },
    {
      command: 'insert',
      what: 'one’s own, which is there already',
      statement: () => `insert into public.profiles (id, display_name, username) values (auth.uid(), 'X', 'xxx')`,
      outcomes: [NO, '23505', '23505', '23505', '23505', '23505', NO],
    },
    {
      command: 'insert',
      what: 'somebody else’s',
      statement: (w) =>
        `insert into public.profiles (id, display_name, username) values ('${w.nobody.id}', 'X', 'xxx')`,
      outcomes: [NO, NO, NO, NO, NO, NO, NO],
    },
    {
      command: 'update',
      what: 'the name in all that one may',
      statement: () => `update public.profiles set display_name = 'X'`,
      outcomes: [NO, 1, 1, 1, 1, 1, NO],
    },
    {
      command: 'update',
      what: 'the creator’s name',
      statement: (w) => `update public.profiles set display_name = 'X' where id = '${w.creator.id}'`,
      outcomes: [NO, 0, 0, 1, 0, 0, NO],
    },
  ],
  'public.accounts': [
    {
      command: 'select',
      what: 'the creator’s',
      statement: (w) => `select * from public.accounts where user_id = '${w.creator.id}'`,
      outcomes: [NO, 0, 0, 1, 0, 0, 1],
    },
    {
      command: 'update',
      what: 'the settings in all that one may',
      statement: () => `update public.accounts set settings = '{}'`,
      outcomes: [NO, 1, 1, 1, 1, 1, NO],
    },
    {
      command: 'update',
      what: 'the quiet hours in all that one may',
      statement: () =>
        `update public.accounts set quiet_from = '22:00', quiet_to = '07:00', quiet_zone = 'Europe/Berlin'`,
      outcomes: [NO, 1, 1, 1, 1, 1, NO],
    },
    {
      command: 'update',
      what: 'whether the AI may look at the picture in all that one may',
      statement: () => `update public.accounts set picture_in_images = true`,
      outcomes: [NO, 1, 1, 1, 1, 1, NO],
    },
    {
      command: 'update',
      what: 'the creator’s quiet hours',
      statement: (w) =>
        `update public.accounts set quiet_from = null, quiet_to = null, quiet_zone = null where user_id = '${w.creator.id}'`,
      outcomes: [NO, 0, 0, 1, 0, 0, NO],
    },
  ],
  'public.chats': [
    {
      command: 'select',
      what: 'the group',
      statement: (w) => `select * from public.chats where id = '${w.chat}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
    },
  ],
  'public.members': [
    {
      command: 'select',
      what: 'who is in the group',
      statement: (w) => `select user_id, role from public.members where chat_id = '${w.chat}'`,
      outcomes: [NO, 0, 4, 4, 0, 0, 4],
    },
    {
      command: 'select',
      what: 'how far each has read',
      statement: (w) => `select last_read_seq from public.members where chat_id = '${w.chat}'`,
      outcomes: [NO, NO, NO, NO, NO, NO, 4],
    },
    {
      command: 'update',
      what: 'the notification level in the group',
      statement: (w) => `update public.members set notification_level = 'none' where chat_id = '${w.chat}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, NO],
    },
  ],
  'public.hidden_reactions': [
    {
      command: 'select',
      what: 'a reaction of the creator, who blocked somebody there',
      statement: (w) => `select * from public.hidden_reactions where message_id = '${w.message}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, NO],
      unlike: { blocked: 0 },
    },
  ],
  'public.messages': [
    {
      command: 'select',
      what: 'a message of the group',
      statement: (w) => `select * from public.messages where id = '${w.message}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
      unlike: { blocked: 0 },
    },
    {
      command: 'insert',
      what: 'a message into the group',
      statement: (w) => `insert into public.messages (id, chat_id, body) values (gen_random_uuid(), '${w.chat}', 'hi')`,
      outcomes: [NO, SR2, 1, 1, SR2, SR2, NO],
      unlike: { shut: 'SR086' },
    },
  ],
  'public.message_versions': [
    {
      command: 'select',
      what: 'how a message of the group was worded before',
      statement: (w) => `select body from public.message_versions where message_id = '${w.message}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
      unlike: { blocked: 0 },
    },
  ],
  'public.attachments': [
    {
      command: 'select',
      what: 'a file of the group',
      statement: (w) => `select name, size from public.attachments where id = '${w.file}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
      unlike: { blocked: 0 },
    },
    {
      command: 'insert',
      what: 'a file for the group',
      statement: (w) => `insert into public.attachments (id, chat_id, name, content_type, size)
        values (gen_random_uuid(), '${w.chat}', 'a.txt', 'text/plain', 1)`,
      outcomes: [NO, NO, 1, 1, NO, NO, NO],
    },
  ],
  'public.page_shares': [
    {
      command: 'select',
      what: 'what was shared of a page',
      statement: (w) => `select * from public.page_shares where id = '${w.share}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
      unlike: { blocked: 0 },
    },
  ],
  'public.changes': [
    {
      command: 'select',
      what: 'the group’s first change',
      statement: (w) => `select * from public.changes where chat_id = '${w.chat}' and seq = 1`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
    },
  ],
  'public.invites': [
    {
      command: 'select',
      what: 'an invite of the group, without the hash',
      statement: (w) => `select id, uses from public.invites where id = '${w.invite}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
    },
    {
      command: 'select',
      what: 'the hash of a token',
      statement: () => `select token_hash from public.invites`,
      outcomes: [NO, NO, NO, NO, NO, NO, NO],
    },
  ],
  'public.reply_jobs': [
    {
      command: 'select',
      what: 'a reply of the group, with the text so far',
      statement: (w) => `select id, state, partial from public.reply_jobs where id = '${w.job}'`,
      outcomes: [NO, 0, 1, 1, 0, 0, 1],
    },
    {
      command: 'select',
      what: 'the lease of a reply',
      statement: (w) => `select lease_token from public.reply_jobs where id = '${w.job}'`,
      outcomes: [NO, NO, NO, NO, NO, NO, 1],
    },
  ],
  'public.memories': [
    {
      command: 'select',
      what: 'the creator’s memory',
      statement: (w) => `select body from public.memories where user_id = '${w.creator.id}'`,
      outcomes: [NO, 0, 0, 1, 0, 0, NO],
    },
    {
      command: 'insert',
      what: 'a memory of one’s own',
      statement: () => `insert into public.memories (id, body) values (gen_random_uuid(), 'I like tea.')`,
      outcomes: [NO, 1, 1, 1, 1, 1, NO],
    },
    {
      command: 'update',
      what: 'the creator’s memory, changed',
      statement: (w) => `update public.memories set body = 'X' where user_id = '${w.creator.id}'`,
      outcomes: [NO, 0, 0, 1, 0, 0, NO],
    },
    {
      command: 'delete',
      what: 'all memories that one may',
      statement: () => 'delete from public.memories',
      outcomes: [NO, 0, 0, 1, 0, 0, NO],
    },
  ],
  'private.age_rules': [],
  'private.guardian_codes': [],
  'private.guardianships': [],
  'private.fresh_starts': [],
  'private.former_members': [],
  'private.invite_redemptions': [],
  'private.assistant_reactions': [],
  'private.chat_summaries': [],
  'private.spoken_stops': [],
  'private.plans': [],
  'private.quota_use': [],
  'private.picture_use': [],
  'private.model_routes': [],
  'private.ai_service': [],
  'private.model_pins': [],
  'private.model_prices': [],
  'private.spending': [],
  'private.model_use': [],
  'private.daily_spend': [],
  'private.set_asides': [],
  'private.unasked_use': [],
  'private.presence': [],
  'private.page_presence': [],
  'private.page_presence_choices': [],
  'private.reactions': [],
  'private.invite_tries': [],
  'private.call_limits': [],
  'private.calls': [],
};
