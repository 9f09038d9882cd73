/** What concerns a person's account rather than their chats. */

/** A browser or device on which this person is signed in. */
export interface DeviceSession {
  readonly id: string;
  readonly createdAt: string;
  readonly usedAt: string;
  /** As the browser named itself; null where Auth does not keep it. */
  readonly userAgent: string | null;
  /** This very one. */
  readonly current: boolean;
}

export type Fate = 'remove' | 'keep';

/** What becomes of what a person said in groups when their account goes; in chats of their own nothing stays. */
export interface Deletion {
  /** Their username, typed by hand. */
  readonly typed: string;
  readonly messages: Fate;
  /** Of messages that stay. */
  readonly files: Fate;
}

/** Parts of what is known about a person that the server gives by a function of their own. */
export const MORE_DATA_PARTS = [
  'memories',
  'solo_chats',
  'solo_answers',
  'sign_in',
  'past_memberships',
  'used_invites',
  'join_requests',
  'guardians',
  'deeds',
  'choices',
  'pictures',
  'notes',
] as const;

/** The parts of everything that is known about a person, in the order in which they are written. */
export const DATA_PARTS = [
  'profile',
  'account',
  'memberships',
  'messages',
  'reactions',
  'files',
  'left_messages',
  'left_files',
  'answers',
  'usage',
  'invites',
  'blocks',
  'reports',
  'sessions',
  ...MORE_DATA_PARTS,
] as const;
export type DataPart = (typeof DATA_PARTS)[number];

/** A page of a part; `next` leads to the one after, null: this was the last. */
export interface DataPage {
  readonly rows: readonly unknown[];
  readonly next: string | null;
}

export const REPORT_REASONS = ['harassment', 'hate', 'threat', 'sexual', 'self_harm', 'spam', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** Longest words that go with a report, in characters. */
export const MAX_REPORT_CHARACTERS = 1_000;
