import * as v from 'valibot';
import { readBytes } from './read-bytes.ts';

const MAX_BODY_BYTES = 10_000;

/** The request's JSON parsed by `schema`, or null when it is too long, no JSON, or of another shape. An empty body reads as `{}`. */
export async function readBody<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema> | null> {
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  if (bytes === null) return null;
  const text = new TextDecoder().decode(bytes);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text === '' ? '{}' : text);
  return parsed.success ? parsed.output : null;
}
