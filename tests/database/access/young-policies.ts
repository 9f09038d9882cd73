import { NO, type PolicyCase, probe } from './policy-case.ts';
import type { World } from './world.ts';

const insertMemory = (owner: string) =>
  `insert into public.memories (id, user_id, body) values (gen_random_uuid(), ${owner}, 'I like tea.')`;

/** The one who has left is fourteen, back in the group, and has groups turned off by the creator. */
export const lookedAfter = (w: World) => `
  set local session_replication_role = replica;
  update public.accounts set birth_date = current_date - 5110 where user_id = '${w.left.id}';
  insert into public.members (chat_id, user_id) values ('${w.chat}', '${w.left.id}');
  insert into private.guardianships (minor_id, guardian_id, groups_off) values ('${w.left.id}', '${w.creator.id}', true);
  set local session_replication_role = origin;`;

/** Memories, ages and guardians. */
export const YOUNG_POLICIES: Readonly<Record<string, PolicyCase>> = {
  'people read their own memories': {
    table: 'public.memories',
    probes: [
      probe('creator', 1, () => 'select 1 from public.memories'),
      probe('member', 0, () => 'select 1 from public.memories'),
    ],
  },
  'people add memories of their own': {
    table: 'public.memories',
    probes: [
      probe('member', 1, () => insertMemory('auth.uid()')),
      probe('member', NO, (w) => insertMemory(`'${w.creator.id}'`)),
    ],
  },
  'people change their own memories': {
    table: 'public.memories',
    probes: [
      probe('creator', 1, () => `update public.memories set body = 'X'`),
      probe('member', 0, () => `update public.memories set body = 'X'`),
      probe('creator', NO, (w) => `update public.memories set user_id = '${w.member.id}'`),
    ],
  },
  'people delete their own memories': {
    table: 'public.memories',
    probes: [
      probe('creator', 1, () => 'delete from public.memories'),
      probe('member', 0, () => 'delete from public.memories'),
    ],
  },
  'nobody reads the age rules': {
    table: 'private.age_rules',
    probes: [probe('creator', 0, () => 'select 1 from private.age_rules')],
  },
  "nobody reads guardians' codes": {
    table: 'private.guardian_codes',
    prepare: (w) => `insert into private.guardian_codes values ('${w.creator.id}', '\\x00', now() + interval '1 hour')`,
    probes: [probe('creator', 0, () => 'select 1 from private.guardian_codes')],
  },
  'nobody reads guardianships': {
    table: 'private.guardianships',
    prepare: lookedAfter,
    probes: [
      probe('creator', 0, () => 'select 1 from private.guardianships'),
      probe('member', 0, () => 'select 1 from private.guardianships'),
    ],
  },
};
