import { lastWord, type PolicyCase } from './policy-case.ts';

/** Of page shares. */
export const SHARE_POLICIES: Readonly<Record<string, PolicyCase>> = {
  'whoever reads a message reads its page shares': {
    table: 'public.page_shares',
    // The creator's history begins after the message, with another one.
    prepare: (w) =>
      `update public.members b set history_from = m.seq + 1
        from public.messages m join public.page_shares s on s.message_id = m.id
        where s.id = '${w.share}' and b.chat_id = m.chat_id and b.role = 'creator';
        ${lastWord(w)}`,
    probes: (['member', 'creator', 'stranger', 'removed', 'left'] as const).map((who) => ({
      who,
      outcome: who === 'member' ? 1 : 0,
      statement: (w) => `select 1 from public.page_shares where id = '${w.share}'`,
    })),
    variants: { 'of all members': 'using (chat_id in (select private.my_chat_ids()))' },
  },
};
