import { randomUUID } from 'node:crypto';
import type { Outcomes, Row } from './cast.ts';
import type { World } from './world.ts';

/** How to call a function that somebody may call, and what comes of it for everybody: a number of rows, or the SQLSTATE. */
export interface Call extends Row {
  call(world: World): string;
}

const NO = '42501';
/** Not a member. */
const SR2 = 'SR002';

/** The guardian closed groups. */
const SR86 = 'SR086';

const members: Row = { outcomes: [NO, SR2, 1, 1, SR2, SR2, NO], unlike: { shut: SR86 } };
/** The member asks for what only the creator may. */
const creators: Row = { outcomes: [NO, SR2, 'SR006', 1, SR2, SR2, NO], unlike: { shut: SR86 } };
/** A message is not there for whoever may not see it. */
const SR7 = 'SR007';
const readers: Outcomes = [NO, SR7, 1, 1, SR7, SR7, NO];
const authors: Outcomes = [NO, SR7, 'SR017', 1, SR7, SR7, NO];
const signedIn: Outcomes = [NO, 1, 1, 1, 1, 1, NO];
const service: Outcomes = [NO, NO, NO, NO, NO, NO, 1];
/** The stranger has a solo chat, the neighbour another group. */
const chatting: Row = { outcomes: [NO, 1, 1, 1, 0, 0, NO], unlike: { invited: 0, guardian: 0 } };
/** What the creator wrote. */
const ofCreator: Row = { outcomes: [NO, 0, 1, 1, 0, 0, NO], unlike: { blocked: 0 } };
const adults = (outcome: string): Outcomes => [NO, outcome, outcome, outcome, outcome, outcome, NO];

/** For a function that `public` offers and `private` carries out, both with the same arguments. */
function both(name: string, types: string, call: (world: World) => string, row: Row | Outcomes): Record<string, Call> {
  const declared: Row = 'outcomes' in row ? row : { outcomes: row };
  const one = (schema: string): Call => ({ call: (world) => `select ${schema}.${name}(${call(world)})`, ...declared });
  return { [`public.${name}(${types})`]: one('public'), [`private.${name}(${types})`]: one('private') };
}

/** For a helper of an index, which whoever writes or looks runs as themselves. */
function indexed(name: string, text: string): Record<string, Call> {
  const call: Call['call'] = () => `select private.${name}('${text}')`;
  return { [`private.${name}(text)`]: { call, outcomes: [NO, 1, 1, 1, 1, 1, 1] } };
}

/** Columns: anon, stranger, member, creator, removed, left, service. */
export const CALLABLE: Readonly<Record<string, Call>> = {
  ...both('username_available', 'text', () => `'free_name'`, signedIn),
  ...both('create_chat', 'uuid,public.chat_kind,text', () => `'${randomUUID()}', 'group', 'New'`, {
    outcomes: signedIn,
    unlike: { shut: SR86 },
  }),
  // To remove oneself is refused (the member), to remove others is not.
  ...both('remove_member', 'uuid,uuid', (w) => `'${w.chat}', '${w.member.id}'`, {
    ...creators,
    unlike: { shut: SR86, blocked: 1 },
  }),
  ...both('leave_chat', 'uuid', (w) => `'${w.chat}'`, signedIn),
  ...both('mark_read', 'uuid,bigint', (w) => `'${w.chat}', 1`, signedIn),
  ...both(
    'create_invite',
    'uuid,interval,integer,boolean,public.invite_history,text,text',
    (w) => `'${w.chat}', '1 day', 1, false, 'all', null, null`,
    members,
  ),
  ...both('answer_request', 'uuid,uuid,boolean', (w) => `'${w.chat}', '${w.nobody.id}', true`, members),
  ...both('withdraw_request', 'uuid', (w) => `'${w.chat}'`, signedIn),
  ...both('my_join_requests', '', () => '', { outcomes: [NO, 0, 0, 0, 0, 0, NO], unlike: { invited: 1 } }),
  'private.is_before_my_history(uuid)': {
    call: (w) => `select private.is_before_my_history('${w.message}')`,
    outcomes: signedIn,
  },
  ...both('reset_invites', 'uuid', (w) => `'${w.chat}'`, members),
  ...both('preview_invite', 'text,uuid', (w) => `'${w.token}', null`, service),
  ...both('redeem_invite', 'text,uuid', (w) => `'${w.token}', '${w.stranger.id}'`, service),
  ...both('try_invite', 'text,uuid,text,boolean', (w) => `'${w.token}', null, '${'0'.repeat(64)}', false`, service),
  ...both('count_call', 'text,uuid,text', () => `'copy', null, '${'0'.repeat(64)}'`, service),
  ...both('rename_chat', 'uuid,text', (w) => `'${w.chat}', 'Another name'`, members),
  ...both('set_instructions', 'uuid,text', (w) => `'${w.chat}', 'Be brief.'`, members),
  ...both('clear_chat', 'uuid', (w) => `'${w.chat}'`, members),
  ...both('set_archived', 'uuid,boolean', (w) => `'${w.chat}', true`, members),
  ...both('hand_over', 'uuid,uuid', (w) => `'${w.chat}', '${w.member.id}'`, creators),
  ...both('delete_chat', 'uuid,text', (w) => `'${w.chat}', 'Test group'`, creators),
  ...both('discard_attachment', 'uuid', (w) => `'${w.file}'`, signedIn),
  'private.attachment_of(text)': {
    call: (w) => `select private.attachment_of('${w.chat}/${w.file}')`,
    outcomes: signedIn,
  },
  ...both('beat', 'uuid,boolean,boolean', (w) => `'${w.chat}', true, false`, members),
  ...both('beat_on_page', 'uuid,boolean,text', (w) => `'${w.chat}', false, '${'0'.repeat(64)}'`, members),
  ...both('set_page_presence', 'uuid,boolean', (w) => `'${w.chat}', true`, members),
  ...both('my_page_presence', 'uuid', (w) => `'${w.chat}'`, signedIn),
  // The creator is there.
  'public.chat_log(uuid,bigint,integer)': {
    call: (w) => `select public.chat_log('${w.chat}', null, 1)`,
    outcomes: [NO, 0, 1, 1, 0, 0, NO],
  },
  'private.log_entry(public.audit_events)': {
    call: (w) => `select private.log_entry(e) from public.audit_events e where chat_id = '${w.chat}' and number = 1`,
    outcomes: [NO, 0, 1, 1, 0, 0, NO],
  },
  // The creator's own message: nobody reports themselves. Whoever saw something bad may say so with groups closed, too.
  ...both('report_message', 'uuid,text,text', (w) => `'${w.message}', 'spam', ''`, {
    outcomes: [NO, SR7, 1, SR7, SR7, SR7, NO],
    unlike: { shut: 1 },
  }),
  ...both('my_reports', '', () => '', { outcomes: [NO, 0, 1, 0, 0, 0, NO], unlike: { blocked: 0 } }),
  ...both('resolve_report', 'uuid,text', () => `'${randomUUID()}', 'nothing'`, service),
  ...both('set_block', 'uuid,boolean', (w) => `'${w.member.id}', true`, {
    outcomes: [NO, SR7, SR7, 1, SR7, SR7, NO],
    unlike: { blocked: 1 },
  }),
  ...both('my_blocks', '', () => '', { outcomes: [NO, 0, 1, 1, 0, 0, NO], unlike: { blocked: 0 } }),
  'private.is_mentioned_by_others(uuid,bigint)': {
    call: (w) => `select private.is_mentioned_by_others('${w.chat}', 0)`,
    outcomes: signedIn,
  },
  ...both('my_sessions', '', () => '', [NO, 0, 0, 0, 0, 0, NO]),
  ...both('end_session', 'uuid', () => 'null', signedIn),
  ...both('set_retention', 'uuid,integer', (w) => `'${w.chat}', 30`, members),
  ...both('set_legal_hold', 'uuid,text', (w) => `'${w.chat}', 'a reason'`, service),
  ...both('delete_account', 'text,text,text', (w) => `'${w.member.username}', 'keep', 'keep'`, {
    outcomes: [NO, 'SR073', 1, 'SR073', 'SR073', 'SR073', NO],
    unlike: { blocked: 'SR073' },
  }),
  'public.finish_account()': { call: () => 'select public.finish_account()', outcomes: signedIn },
  'private.finish_my_account()': { call: () => 'select private.finish_my_account()', outcomes: signedIn },
  'private.finish_accounts()': { call: () => 'select private.finish_accounts()', outcomes: service },
  ...both('pictures_to_purge', 'integer', () => '1', [NO, NO, NO, NO, NO, NO, 0]),
  'public.my_data(text,text,integer)': { call: () => `select public.my_data('profile')`, outcomes: signedIn },
  'private.my_rows(text,text,integer)': {
    call: () => `select private.my_rows('profile', '', 10)`,
    outcomes: signedIn,
  },
  'private.my_rows_but_memberships(text,text,integer)': {
    call: () => `select private.my_rows_but_memberships('profile', '', 10)`,
    outcomes: signedIn,
  },
  // The removed one said something; the one who left did not.
  'public.my_more_data(text,text,integer)': {
    call: () => `select public.my_more_data('guardians')`,
    outcomes: signedIn,
  },
  'private.my_open_rows(text)': { call: () => `select private.my_open_rows('sign_in')`, outcomes: signedIn },
  'private.my_closed_rows(text)': { call: () => `select private.my_closed_rows('sign_in')`, outcomes: signedIn },
  'public.my_left_data(text,text,integer)': {
    call: () => `select public.my_left_data('left_files')`,
    outcomes: signedIn,
  },
  'private.my_left_rows(text,uuid,integer)': {
    call: () => `select private.my_left_rows('left_messages', '00000000-0000-0000-0000-000000000000', 10)`,
    outcomes: [NO, 0, 0, 0, 1, 0, NO],
  },
  'private.my_reactions()': { call: () => 'select private.my_reactions()', outcomes: [NO, 0, 0, 1, 0, 0, NO] },
  'private.my_use()': { call: () => 'select private.my_use()', outcomes: [NO, 0, 0, 0, 0, 0, NO] },
  // The creator is there; the member does not know of the blocked one, nor the blocked one of the creator.
  ...both('present_members', 'uuid', (w) => `'${w.chat}'`, {
    outcomes: [NO, 0, 1, 1, 0, 0, NO],
    unlike: { blocked: 0 },
  }),
  ...both('read_positions', 'uuid', (w) => `'${w.chat}'`, {
    outcomes: [NO, 0, 4, 3, 0, 0, NO],
    unlike: { blocked: 3 },
  }),
  'private.my_memberships()': { call: () => 'select private.my_memberships()', ...chatting },
  'private.sees_message(uuid)': { call: (w) => `select private.sees_message('${w.message}')`, outcomes: signedIn },
  'private.more_of_message(uuid)': {
    call: (w) => `select private.more_of_message('${w.message}')`,
    outcomes: signedIn,
  },
  ...both('set_reaction', 'uuid,text,boolean', (w) => `'${w.message}', '👍', true`, {
    outcomes: readers,
    unlike: { blocked: SR7 },
  }),
  // The creator's own message.
  ...both('edit_message', 'uuid,text', (w) => `'${w.message}', 'other words'`, authors),
  ...both('delete_message', 'uuid', (w) => `'${w.message}'`, authors),
  ...both('files_to_copy', 'uuid,uuid,uuid', (w) => `'${w.solo}', '${w.stranger.id}', '${randomUUID()}'`, service),
  ...both(
    'copy_chat',
    'uuid,uuid,uuid,text,uuid[],uuid[]',
    (w) => `'${w.solo}', '${w.stranger.id}', '${randomUUID()}', 'Copy', '{}', '{}'`,
    service,
  ),
  'private.forget_use()': { call: () => 'select private.forget_use()', outcomes: service },
  ...both('my_quota', '', () => '', signedIn),
  ...both('my_likeness', '', () => '', signedIn),
  ...both('purge_rows', '', () => '', service),
  ...both('objects_to_purge', 'integer', () => '1', [NO, NO, NO, NO, NO, NO, 0]),
  ...both('decide_turn', 'uuid,uuid,text,uuid', (w) => `'${w.job}', '${randomUUID()}', '{}', null`, service),
  ...both('keep_receipt', 'uuid,text', (w) => `'${w.job}', '{}'`, service),
  ...both('show_reply_status', 'uuid,uuid,text', (w) => `'${w.job}', '${randomUUID()}', null`, service),
  ...both('reply_files', 'uuid,uuid,uuid[]', (w) => `'${w.job}', '${randomUUID()}', '{}'`, service),
  ...both('reply_shares', 'uuid,uuid,uuid[]', (w) => `'${w.job}', '${randomUUID()}', '{}'`, service),
  ...both('keep_results', 'uuid,uuid,text,text', (w) => `'${w.job}', '${randomUUID()}', '[]', null`, service),
  ...both('tune_replies', 'uuid,integer', (w) => `'${w.chat}', 1`, members),
  ...both('set_reply_mode', 'uuid,public.reply_mode', (w) => `'${w.chat}', 'automatic'`, members),
  ...both('stop_reply', 'uuid', (w) => `'${w.job}'`, members),
  ...both('retry_reply', 'uuid', (w) => `'${w.job}'`, members),
  ...both('claim_reply', 'uuid', (w) => `'${w.chat}'`, service),
  'private.has_grown_young(uuid)': {
    call: (w) => `select private.has_grown_young('${w.job}')`,
    outcomes: service,
  },
  ...both('append_reply', 'uuid,uuid,integer,text', (w) => `'${w.job}', '${randomUUID()}', 0, 'x'`, service),
  ...both(
    'finish_reply',
    'uuid,uuid,public.reply_state,text,text,boolean,integer',
    (w) => `'${w.job}', '${randomUUID()}', 'done', 'x', null, false, null`,
    service,
  ),
  ...both('announce_service', 'text', () => `'{"models":{},"capabilities":[]}'`, service),
  ...both('route_reply', 'uuid,uuid,text', (w) => `'${w.job}', '${randomUUID()}', '{}'`, service),
  ...both('reply_portraits', 'uuid,uuid', (w) => `'${w.job}', '${randomUUID()}'`, service),
  ...both('take_picture', 'uuid,uuid', (w) => `'${w.job}', '${randomUUID()}'`, service),
  ...both(
    'note_use',
    'uuid,text',
    (w) => `'${w.job}', '{"id":"${randomUUID()}","purpose":"gate","model":"x"}'`,
    service,
  ),
  ...both('pin_model', 'uuid,text', (w) => `'${w.chat}', null`, members),
  ...both('my_models', 'uuid', (w) => `'${w.chat}'`, signedIn),
  ...both('reply_context', 'uuid,uuid,integer', (w) => `'${w.job}', '${randomUUID()}', 10`, service),
  ...both(
    'reply_summary',
    'uuid,uuid,uuid,integer',
    (w) => `'${w.job}', '${randomUUID()}', '${w.message}', 10`,
    service,
  ),
  ...both(
    'keep_summary',
    'uuid,uuid,uuid,integer,text,text',
    (w) => `'${w.job}', '${randomUUID()}', '${w.message}', 10, 'x', 'y'`,
    service,
  ),
  ...both('begin_speech', 'uuid', () => `'${randomUUID()}'`, service),
  ...both('end_speech', 'uuid,text', () => `'${randomUUID()}', null`, service),
  ...both('reply_due', '', () => '', service),
  // Everybody in the matrix has told another date.
  ...both('set_birth_date', 'date', () => `'2001-01-01'`, adults('SR082')),
  'private.groups_off()': { call: () => 'select private.groups_off()', outcomes: signedIn },
  ...both('make_guardian_code', '', () => '', { outcomes: signedIn, unlike: { shut: 'SR083' } }),
  ...both('try_guardian_code', 'text,boolean', () => `'NOBODYSCODE', true`, {
    outcomes: adults('SR084'),
    unlike: { shut: 1 },
  }),
  ...both('my_guardianships', '', () => '', signedIn),
  ...both('set_group_chats', 'uuid,boolean', (w) => `'${w.member.id}', false`, adults('SR085')),
  ...both('end_guardianship', 'uuid', (w) => `'${w.member.id}'`, signedIn),
  ...both('reply_care', 'uuid,uuid', (w) => `'${w.job}', '${randomUUID()}'`, service),
  // Nobody's solo chat, the creator's message.
  'public.remember_message(uuid,uuid)': {
    call: (w) => `select public.remember_message('${randomUUID()}', '${w.message}')`,
    outcomes: adults('SR087'),
  },
  'public.save_profile(text,text,text)': {
    call: () => `select public.save_profile('New', 'new_name')`,
    outcomes: signedIn,
  },
  'public.catch_up(uuid,bigint,integer)': {
    call: (w) => `select public.catch_up('${w.chat}', 0, 1)`,
    outcomes: [NO, 0, 1, 1, 0, 0, NO],
  },
  'private.catch_up_unfiltered(uuid,bigint,integer)': {
    call: (w) => `select private.catch_up_unfiltered('${w.chat}', 0, 1)`,
    outcomes: [NO, 0, 1, 1, 0, 0, NO],
  },
  'private.is_my_fresh_start(uuid)': { call: () => 'select private.is_my_fresh_start(null)', outcomes: signedIn },
  'private.hidden_authors()': { call: () => 'select private.hidden_authors()', outcomes: signedIn },
  'public.my_chats()': { call: () => 'select public.my_chats()', ...chatting },
  'private.my_chats_unfiltered()': { call: () => 'select private.my_chats_unfiltered()', ...chatting },
  'private.my_chat_ids()': { call: () => 'select private.my_chat_ids()', ...chatting },
  // Those in the group see each other, the two who have gone and the one who waits.
  'private.known_profile_ids()': {
    call: () => 'select private.known_profile_ids()',
    outcomes: [NO, 1, 7, 7, 0, 0, NO],
    unlike: { invited: 0, guardian: 0 },
  },
  'public.search_messages(text,uuid,uuid,uuid,integer,text)': {
    call: (w) => `select public.search_messages('', null, '${w.creator.id}', null, 1, null)`,
    ...ofCreator,
  },
  'private.find_messages(text,uuid,uuid,text,uuid,integer)': {
    call: (w) => `select private.find_messages('', null, '${w.creator.id}', null, null, 1)`,
    ...ofCreator,
  },
  'public.shares_of_pages(text)': {
    call: (w) => `select public.shares_of_pages('${w.pageDigit}')`,
    ...ofCreator,
  },
  'private.search_query(text)': { call: () => `select private.search_query('word')`, outcomes: signedIn },
  ...indexed('unspaced_runs', '漢字'),
  ...indexed('spaced_words', 'word'),
  ...indexed('search_vector', 'word'),
  'private.require_user()': { call: () => 'select private.require_user()', outcomes: [NO, 1, 1, 1, 1, 1, 'SR001'] },
  'private.can_receive(text)': {
    call: (w) => `select 1 where private.can_receive('${w.topic}')`,
    outcomes: [NO, 0, 1, 1, 0, 0, NO],
  },
  'private.change_json(uuid,bigint,public.change_kind,uuid)': {
    call: (w) => `select 1 where private.change_json('${w.chat}', 1, 'chat', '${w.chat}') ->> 'chat' is not null`,
    outcomes: [NO, 0, 1, 1, 0, 0, NO],
  },
  'private.message_json(public.messages)': {
    call: (w) => `select private.message_json(m) from public.messages m where m.id = '${w.message}'`,
    ...ofCreator,
  },
};
