import * as v from 'valibot';

const MAX_BODY_BYTES = 10_000;

/** The request's JSON parsed by `schema`, or null when it is too long, no JSON, or of another shape. An empty body reads as `{}`. */
export async function readBody<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema> | null> {
  const text = await readText(request);
  if (text === null) return null;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text === '' ? '{}' : text);
  return parsed.success ? parsed.output : null;
}

async function readText(request: Request): Promise<string | null> {
  if (request.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
