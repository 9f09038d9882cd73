import type { ReportReason } from '../../lib/model/account.ts';

/** What is wrong with a message, as people would say it. */
export const REASON_WORDS: Readonly<Record<ReportReason, string>> = {
  harassment: 'It insults or harasses somebody',
  hate: 'It is hateful',
  threat: 'It threatens somebody',
  sexual: 'It is sexual',
  self_harm: 'It is about hurting oneself',
  spam: 'It is spam or a fraud',
  other: 'Something else',
};
