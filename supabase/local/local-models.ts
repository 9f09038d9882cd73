import * as v from 'valibot';

/** A model server on this machine that speaks OpenAI's API. */
export interface LocalServer {
  readonly name: string;
  readonly baseUrl: string;
}

export const LOCAL_SERVERS: readonly LocalServer[] = [
  { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' },
];

const PROBE_MS = 300;
/** Models that do not chat. */
const OTHER_USE = /embed|rerank|whisper|tts|clip/i;

const ModelList = v.object({ data: v.array(v.object({ id: v.string() })) });

/** The chat models that a server offers; null when nothing that speaks this API answers there within 300 ms. */
export async function listModels(
  baseUrl: string,
  { apiKey, signal }: { apiKey?: string; signal?: AbortSignal } = {},
): Promise<readonly string[] | null> {
  const limit = AbortSignal.timeout(PROBE_MS);
  try {
    const response = await fetch(`${baseUrl}/models`, {
      ...(apiKey === undefined ? {} : { headers: { authorization: `Bearer ${apiKey}` } }),
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      redirect: 'error',
    });
    const list = v.safeParse(ModelList, response.ok ? await response.json() : null);
    return list.success ? list.output.data.map((model) => model.id).filter((id) => !OTHER_USE.test(id)) : null;
  } catch {
    // Nobody there, too slow, or not JSON: no model server either way. The caller's own wish to stop is not an answer.
    signal?.throwIfAborted();
    return null;
  }
}
