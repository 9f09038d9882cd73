import { AI_CHECKS } from './ai-checks.ts';
import { between, type CheckCase, x } from './check-case.ts';
import { SAFETY_CHECKS } from './safety-checks.ts';
import { SHARE_CHECKS } from './share-checks.ts';

const AT = `quiet_zone = 'UTC'`;
const ADDRESS = `'https://e.example/'`;
/** The shortest settings are 9 characters around their text. */
const settings = (length: number) => `settings = jsonb_build_object('a', ${x(length - 9)})`;

export const CHECKS: Readonly<Record<string, CheckCase>> = {
  ...AI_CHECKS,
  ...SAFETY_CHECKS,
  ...SHARE_CHECKS,
  accounts_birth_date_past: {
    refused: [`birth_date = '1899-12-31'`, `birth_date = current_date + 1`],
    allowed: [`birth_date = '1900-01-01'`, `birth_date = current_date`],
  },
  accounts_quiet_from_time: {
    refused: ['24:00', '19:60', '1:00', '07:00:00', ' 07:00'].map(
      (time) => `quiet_from = '${time}', quiet_to = '08:00', ${AT}`,
    ),
    allowed: ['00:00', '19:59', '23:30'].map((time) => `quiet_from = '${time}', quiet_to = '08:00', ${AT}`),
  },
  accounts_quiet_to_time: {
    refused: ['24:00', '19:60', '1:00', '07:00:00', ' 07:00'].map(
      (time) => `quiet_to = '${time}', quiet_from = '08:00', ${AT}`,
    ),
    allowed: ['00:00', '19:59', '23:30'].map((time) => `quiet_to = '${time}', quiet_from = '08:00', ${AT}`),
  },
  accounts_quiet_hours_last: {
    refused: [`quiet_from = '08:00', quiet_to = '08:00', ${AT}`],
    allowed: [`quiet_from = '08:00', quiet_to = '08:01', ${AT}`],
  },
  accounts_quiet_hours_whole: {
    refused: [
      `quiet_from = '08:00', quiet_to = null, quiet_zone = null`,
      `quiet_from = null, quiet_to = '08:00', ${AT}`,
    ],
    allowed: [
      `quiet_from = null, quiet_to = null, quiet_zone = null`,
      `quiet_from = '08:00', quiet_to = '09:00', ${AT}`,
    ],
  },
  accounts_quiet_zone_name: {
    refused: [`''`, x(65), `'Europe/Berlin; drop'`].map(
      (zone) => `quiet_from = '08:00', quiet_to = '09:00', quiet_zone = ${zone}`,
    ),
    allowed: [`'a'`, x(64), `'Etc/GMT+1'`].map(
      (zone) => `quiet_from = '08:00', quiet_to = '09:00', quiet_zone = ${zone}`,
    ),
  },
  accounts_settings_object: {
    refused: [`settings = '[]'`, settings(8193)],
    allowed: [`settings = '{}'`, settings(8192)],
  },
  attachments_height_range: between('height', 1, 100_000),
  attachments_width_range: between('width', 1, 100_000),
  attachments_size_range: between('size', 1, 26_214_400),
  attachments_name_length: between('name', 1, 255, x),
  attachments_type_length: between('content_type', 3, 255, x),
  audit_events_details_object: { refused: [`details = '[]'`], allowed: [`details = '{}'`] },
  audit_events_type_shape: {
    refused: [`type = ''`, `type = ${x(41)}`, `type = 'Renamed'`],
    allowed: [`type = 'a'`, `type = ${x(40)}`],
  },
  chats_instructions_length: { refused: [`instructions = ${x(8001)}`], allowed: [`instructions = ${x(8000)}`] },
  chats_talkativeness_range: between('talkativeness', -3, 3),
  chats_title_shape: {
    refused: [`title = ' A'`, `title = ${x(81)}`, `title = ''`],
    allowed: [`title = ${x(80)}`, `title = 'A'`],
    where: `kind = 'group'`,
  },
  invites_max_uses_positive: { refused: ['max_uses = 0'], allowed: ['max_uses = 1', 'max_uses = null'] },
  invites_page_quote_shape: {
    refused: [
      `page_url = null, page_quote = 'a'`,
      `page_url = ${ADDRESS}, page_quote = ''`,
      `page_url = ${ADDRESS}, page_quote = ${x(1001)}`,
    ],
    allowed: [
      `page_url = ${ADDRESS}, page_quote = null`,
      `page_url = ${ADDRESS}, page_quote = 'a'`,
      `page_url = ${ADDRESS}, page_quote = ${x(1000)}`,
    ],
  },
  invites_page_url_shape: {
    refused: [`'javascript:alert(1)'`, `'https://a b'`, `'https://'`, `'https://' || ${x(1993)}`].map(
      (url) => `page_url = ${url}`,
    ),
    allowed: [`'http://a'`, `'https://' || ${x(1992)}`].map((url) => `page_url = ${url}`),
  },
  messages_body_length: {
    refused: [`body = ${x(16_001)}`, `kind = 'assistant', body = ${x(100_001)}`],
    allowed: [`body = ${x(16_000)}`, `kind = 'assistant', body = ${x(100_000)}`],
    where: `kind = 'member'`,
  },
  messages_body_present: {
    refused: [`body = E' \\n'`],
    allowed: [`body = 'a'`],
    where: `kind = 'member' and attachment_ids = '{}'`,
  },
  messages_notice_of_system: {
    refused: [`notice = '{}'`],
    allowed: ['notice = null'],
    where: `kind = 'member'`,
  },
  messages_sources_of_assistant: {
    refused: [`sources = '[1]'`, `sources = '{}'`],
    allowed: [`sources = '[]'`, `kind = 'assistant', sources = '[1]'`],
    where: `kind = 'member'`,
  },
  messages_status_of_assistant: {
    refused: [`status = 'failed'`],
    allowed: [`status = 'complete'`, `kind = 'assistant', status = 'failed'`],
    where: `kind = 'member'`,
  },
  invite_tries_subject_sealed: {
    refused: [
      `subject = 'address:127.0.0.1'`,
      `subject = 'person:' || ${x(36)}`,
      `subject = 'address:' || repeat('0', 63)`,
    ],
    allowed: [`subject = 'address:' || repeat('0', 64)`, `subject = 'person:' || gen_random_uuid()`],
  },
  invite_tries_wrong_at_short: {
    refused: [`wrong_at = array_fill(now(), array[11])`],
    allowed: [`wrong_at = array_fill(now(), array[10])`],
  },
  page_presence_page_shape: {
    refused: [63, 65].map((length) => `page = repeat('a', ${length})`).concat(`page = repeat('A', 64)`),
    allowed: [`page = repeat('0', 64)`, `page = repeat('f', 64)`],
  },
  plans_period_positive: { refused: [`period = '0'`], allowed: [`period = '1 second'`] },
  plans_replies_positive: { refused: ['replies = 0'], allowed: ['replies = 1'] },
  profiles_avatar_own: {
    refused: [`avatar_path = gen_random_uuid() || '/face.webp'`],
    allowed: [`avatar_path = id || '/face.webp'`, 'avatar_path = null'],
  },
  profiles_display_name_shape: {
    refused: [`display_name = ' A'`, `display_name = ''`, `display_name = ${x(51)}`],
    allowed: [`display_name = 'A'`, `display_name = ${x(50)}`],
  },
  profiles_username_free: {
    refused: ['ai', 'sideroom', 'assistant', 'all', 'everyone', 'here', 'system', 'admin'].map(
      (name) => `username = '${name}'`,
    ),
    allowed: [`username = 'nobody_else'`],
  },
  profiles_username_shape: {
    refused: [`'ab'`, x(31), `'Abc'`, `'a-b'`, `'a b'`, `'аbc'`].map((name) => `username = ${name}`),
    allowed: [`'a_9'`, x(30), `'a.b'`].map((name) => `username = ${name}`),
  },
  reply_jobs_end_of_ended: {
    refused: [`finished_at = now()`, `state = 'done'`],
    allowed: [`state = 'done', finished_at = now()`],
  },
  reply_jobs_lease_of_running: {
    refused: [
      `state = 'running'`,
      `state = 'running', lease_token = gen_random_uuid()`,
      `lease_token = gen_random_uuid(), lease_until = now()`,
    ],
    allowed: [`state = 'running', lease_token = gen_random_uuid(), lease_until = now()`],
  },
  reply_jobs_status_known: {
    refused: [`status = 'sleeping'`],
    allowed: ['reading', 'reading_page', 'reading_pages', 'searching', 'drawing'].map(
      (status) => `status = '${status}'`,
    ),
  },
  plans_pictures_positive: { refused: ['pictures = 0'], allowed: ['pictures = 1'] },
  plans_pictures_period_positive: { refused: [`pictures_period = '0'`], allowed: [`pictures_period = '1 second'`] },
};
