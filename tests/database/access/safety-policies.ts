import { randomUUID } from 'node:crypto';
import type { PolicyCase } from './policy-case.ts';

const OPEN = randomUUID();

/** Of what protects people: blocks, reports, holds. */
export const SAFETY_POLICIES: Readonly<Record<string, PolicyCase>> = {
  'people see whom they blocked': {
    table: 'public.blocks',
    probes: [
      {
        who: 'member',
        outcome: 1,
        statement: (w) => `select 1 from public.blocks where blocked_id = '${w.left.id}'`,
      },
      { who: 'left', outcome: 0, statement: () => 'select 1 from public.blocks' },
      { who: 'blocked', outcome: 0, statement: () => 'select 1 from public.blocks' },
      { who: 'creator', outcome: 1, statement: () => 'select 1 from public.blocks' },
    ],
  },
  'members read reactions of those who did not block them': {
    table: 'public.hidden_reactions',
    // By the creator to their own message; and to one by the member, which the blocked one may see.
    prepare: (w) => `
      insert into public.messages (id, chat_id, seq, author_id, body) values ('${OPEN}', '${w.chat}', 100000, '${w.member.id}', 'open');
      insert into private.reactions (message_id, user_id, emoji) values ('${OPEN}', '${w.creator.id}', '👋')`,
    probes: [
      { who: 'member', outcome: 2, statement: () => 'select 1 from public.hidden_reactions' },
      { who: 'creator', outcome: 2, statement: () => 'select 1 from public.hidden_reactions' },
      { who: 'blocked', outcome: 0, statement: () => 'select 1 from public.hidden_reactions' },
      { who: 'stranger', outcome: 0, statement: () => 'select 1 from public.hidden_reactions' },
      { who: 'removed', outcome: 0, statement: () => 'select 1 from public.hidden_reactions' },
    ],
    variants: {
      'to messages they may see': `using (private.sees_message(message_id))`,
      'to whatever message': `using ((user_id = any ((select private.hidden_authors())::uuid[])) is not true)`,
    },
  },
  'nobody reads fresh starts': {
    table: 'private.fresh_starts',
    prepare: (w) =>
      `insert into private.fresh_starts (user_id, caused_by) values ('${w.member.id}', '${w.creator.id}')`,
    probes: [{ who: 'member', outcome: 0, statement: () => 'select 1 from private.fresh_starts' }],
  },
  'nobody reads reports': {
    table: 'private.reports',
    probes: [
      { who: 'member', outcome: 0, statement: () => 'select 1 from private.reports' },
      { who: 'creator', outcome: 0, statement: () => 'select 1 from private.reports' },
    ],
  },
  'nobody reads held messages': {
    table: 'private.held_copies',
    probes: [{ who: 'stranger', outcome: 0, statement: () => 'select 1 from private.held_copies' }],
  },
  'nobody reads legal holds': {
    table: 'private.legal_holds',
    probes: [{ who: 'stranger', outcome: 0, statement: () => 'select 1 from private.legal_holds' }],
  },
};
