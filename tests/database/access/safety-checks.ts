import { between, type CheckCase, oneOf, x } from './check-case.ts';

const seal = (column: string, text: string) => `${column} = ${text}`;
const SEAL = `repeat('a', 64)`;

export const SAFETY_CHECKS: Readonly<Record<string, CheckCase>> = {
  age_rules_minimum_age_range: between('minimum_age', 0, 18),
  age_rules_single: { refused: ['id = false'], allowed: ['id = true'] },
  audit_events_seals_shape: {
    refused: ['previous', 'hash'].flatMap((column) =>
      [`repeat('a', 63)`, `repeat('a', 65)`, `repeat('A', 64)`, `repeat('g', 64)`].map((text) => seal(column, text)),
    ),
    allowed: [seal('previous', SEAL), seal('hash', SEAL)],
  },
  blocks_not_oneself: { refused: ['blocked_id = blocker_id'], allowed: ['blocked_id = blocked_id'] },
  guardianships_two_people: { refused: ['guardian_id = minor_id'], allowed: ['guardian_id = guardian_id'] },
  chats_retention_range: between('retention_days', 1, 3650),
  legal_holds_reason_length: between('reason', 1, 1_000, x),
  reports_comment_length: { refused: [`comment = ${x(1_001)}`], allowed: [`comment = ${x(1_000)}`] },
  reports_outcome_of_resolved: {
    refused: [`outcome = 'nothing'`, 'resolved_at = now()'],
    allowed: [`outcome = 'nothing', resolved_at = now()`],
  },
  reports_reason_known: oneOf('reason', ['harassment', 'hate', 'threat', 'sexual', 'self_harm', 'spam', 'other']),
};
