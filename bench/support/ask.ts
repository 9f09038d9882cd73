import OpenAI from 'openai';
import postgres from 'postgres';
import type { BenchContext } from './bench.ts';
import { now } from './samples.ts';

/** Whoever asks more often than a plan allows. */
export async function liftLimits(adminUrl: string, userId: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1 });
  await sql`update public.accounts set plan = 'pro' where user_id = ${userId}`;
  await sql.end();
}

export interface DirectCall {
  /** In milliseconds from the call. */
  readonly first: number;
  readonly last: number;
  readonly deltas: number;
}

/** A streaming call to the model server that the functions use, without anything between. */
export async function callDirectly({ model }: BenchContext, input: string): Promise<DirectCall> {
  const openai = new OpenAI({ apiKey: model.apiKey, baseURL: model.baseUrl });
  const start = now();
  const stream = await openai.responses.create({ model: model.model, input, stream: true, store: false });
  let [first, last, deltas] = [0, 0, 0];
  for await (const event of stream) {
    if (event.type !== 'response.output_text.delta') continue;
    deltas += 1;
    last = now() - start;
    if (deltas === 1) first = last;
  }
  return { first, last, deltas };
}
