import * as v from 'valibot';
import type { LogLine } from '../../model/chat-log.ts';
import { id, type Row, seq } from './rows.ts';

/** A row of `chat_log()`. Nothing of it is changed, so that its seal fits. */
export const logLine: Row<LogLine> = v.object({
  chat_id: id,
  number: seq,
  at: v.string(),
  actor_id: v.nullable(id),
  type: v.string(),
  subject_id: v.nullable(id),
  details: v.record(v.string(), v.unknown()),
  previous: v.string(),
  hash: v.string(),
});
