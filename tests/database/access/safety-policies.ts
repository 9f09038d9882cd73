import type { PolicyCase } from './policy-case.ts';

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
