import { FunctionsHttpError } from '@supabase/supabase-js';
import * as v from 'valibot';
import { FailureError, failure } from '../model/failure.ts';
import type { Backend } from './backend.ts';
import { classify, classifyCode, classifyStatus } from './classify.ts';

const errorBody = v.object({ code: v.string() });

/**
 * Calls one of the project's functions. Its errors carry the same codes as the database's. `patience`: how long to wait for the
 * answer, in milliseconds, where the usual time is too short.
 */
export async function invoke(
  backend: Backend,
  name: 'copy' | 'invite' | 'reply' | 'speech',
  body: Record<string, unknown> | Blob,
  patience?: number,
): Promise<unknown> {
  const options = patience === undefined ? { body } : { body, timeout: patience };
  const { data, error } = await backend.client.functions.invoke<unknown>(name, options);
  if (error === null) return data;
  if (!(error instanceof FunctionsHttpError)) throw new FailureError(classify(error));
  const response: Response = error.context;
  const parsed = v.safeParse(errorBody, await response.json().catch(() => null));
  const known = parsed.success ? classifyCode(parsed.output.code, parsed.output.code) : failure('unknown');
  throw new FailureError(known.code === 'unknown' ? classifyStatus(response.status, known.detail) : known);
}
