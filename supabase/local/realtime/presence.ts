import { randomBytes } from 'node:crypto';

/** What a channel told about itself, under a reference that names this very state of it. */
interface Meta {
  readonly phx_ref: string;
  readonly phx_ref_prev?: string;
  readonly [field: string]: unknown;
}

/** The wire's shape: everybody present, by presence key. One person with two open panels has two metas. */
export type PresenceState = Record<string, { metas: Meta[] }>;

export interface PresenceDiff {
  readonly joins: PresenceState;
  readonly leaves: PresenceState;
}

/** Who is present on one topic. `member` is whatever stands for one joined channel; each has at most one meta. */
export interface Presence<Member> {
  state(): PresenceState;
  /** Shows the member under the key, or changes what it shows. */
  track(member: Member, key: string, fields: Record<string, unknown>): PresenceDiff;
  /** Null when the member was not shown. */
  untrack(member: Member): PresenceDiff | null;
}

export function createPresence<Member>(): Presence<Member> {
  const shown = new Map<Member, { key: string; meta: Meta }>();
  return {
    state() {
      // Keys are chosen by clients, so no object is indexed by them.
      const byKey = Map.groupBy(shown.values(), ({ key }) => key);
      return Object.fromEntries([...byKey].map(([key, all]) => [key, { metas: all.map(({ meta }) => meta) }]));
    },
    track(member, key, fields) {
      const before = shown.get(member);
      const phx_ref = randomBytes(9).toString('base64url');
      const meta: Meta = before ? { ...fields, phx_ref, phx_ref_prev: before.meta.phx_ref } : { ...fields, phx_ref };
      shown.set(member, { key, meta });
      return { joins: { [key]: { metas: [meta] } }, leaves: before ? { [before.key]: { metas: [before.meta] } } : {} };
    },
    untrack(member) {
      const before = shown.get(member);
      if (!before) return null;
      shown.delete(member);
      return { joins: {}, leaves: { [before.key]: { metas: [before.meta] } } };
    },
  };
}
