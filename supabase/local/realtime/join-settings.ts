import * as v from 'valibot';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

const flag = v.pipe(
  v.union([v.boolean(), v.pipe(v.string(), v.toLowerCase(), v.picklist(['true', 'false']))]),
  v.transform((value) => value === true || value === 'true'),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const joinPayload = v.object({
  config: v.optional(
    v.object({
      private: v.optional(flag, false),
      broadcast: v.optional(
        v.object({
          ack: v.optional(flag, false),
          self: v.optional(flag, false),
          replication_ready: v.optional(flag, false),
          replay: v.nullish(
            v.object({ since: count, limit: v.optional(v.pipe(count, v.minValue(1)), limits.replayedMessages) }),
          ),
        }),
        {},
      ),
      presence: v.optional(
        v.object({
          enabled: v.optional(flag, false),
          key: v.optional(v.pipe(v.string(), v.maxBytes(limits.presenceKeyBytes)), ''),
        }),
        {},
      ),
      postgres_changes: v.optional(v.array(v.unknown()), []),
    }),
    {},
  ),
  access_token: v.nullish(v.string()),
});

/** What a client asks for when it joins a channel. */
export type JoinSettings = v.InferOutput<typeof joinPayload>;

/** Throws a Refusal for a payload of another shape, and for what this server does not offer. */
export function parseJoin(payload: unknown): JoinSettings {
  const parsed = v.safeParse(joinPayload, payload);
  if (!parsed.success) throw new Refusal('InvalidJoinPayload', 'The join payload is not valid');
  const { config } = parsed.output;
  if (!config.private) throw new Refusal('PrivateOnly', 'This project only allows private channels');
  if (config.postgres_changes.length > 0) {
    throw new Refusal(
      'RealtimeDisabledForConfiguration',
      'postgres_changes is not offered, broadcast from the database instead',
    );
  }
  return parsed.output;
}
