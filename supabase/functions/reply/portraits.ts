import type OpenAI from 'openai';
import * as v from 'valibot';
import type { Portrait } from '../_shared/replies.ts';
import { encodeBase64, sniff } from './bytes.ts';
import { type ModelEvent, type Usage, usageOf } from './fold.ts';
import type { Model, ModelRequest } from './model.ts';
import type { ModelTool } from './tools.ts';

const PROFILE_PICTURES = 'profile_pictures';
/** How many people one picture is made of. */
const MAX_PEOPLE = 4;

/** The members who allow it, by the names that they go by in the request. */
export type Portraits = ReadonlyMap<string, Portrait>;

export interface PortraitDeps {
  readonly portraits: Portraits;
  /** The bytes of an object of the bucket; null when there are none. */
  read(path: string): Promise<Uint8Array | null>;
  /** Hears what the first of two requests used. */
  onUsage(usage: Usage): void;
}

/** By which the model says whose picture it needs. It names those who allow it, and nobody else can be asked for. */
function toolFor(portraits: Portraits): ModelTool {
  return {
    type: 'function',
    name: PROFILE_PICTURES,
    description:
      'Shows you the profile pictures of people in this chat, to make a picture that they are in. Call it first, and only if the person you answer asks for a picture of these very people.',
    parameters: {
      type: 'object',
      properties: { people: { type: 'array', items: { type: 'string', enum: [...portraits.keys()] } } },
      required: ['people'],
      additionalProperties: false,
    },
    strict: true,
  };
}

/**
 * An answer that may look at profile pictures. When the model asks for some, it is asked the same once more with these pictures at the
 * end, so that what it gets is what a request says, and no state of the service is needed. Errors are those of the model.
 */
export async function* answerWithPortraits(
  model: Model,
  request: ModelRequest,
  signal: AbortSignal,
  deps: PortraitDeps,
): AsyncGenerator<ModelEvent> {
  if (deps.portraits.size === 0) return yield* model.answer(request, signal);
  const tools = [...(request.tools ?? []), toolFor(deps.portraits)];
  const wanted = new Set<string>();
  for await (const event of model.answer({ ...request, tools }, signal)) {
    if (event.type === 'response.output_item.done') for (const name of namesIn(event.item)) wanted.add(name);
    if (event.type !== 'response.completed' || wanted.size === 0) {
      yield event;
      continue;
    }
    const usage = usageOf(event.response);
    if (usage !== null) deps.onUsage(usage);
    break;
  }
  if (wanted.size === 0) return;
  const shown = await showPortraits([...wanted].slice(0, MAX_PEOPLE), deps);
  yield* model.answer({ ...request, input: [...request.input, shown] }, signal);
}

const Arguments = v.pipe(v.string(), v.parseJson(), v.object({ people: v.array(v.string()) }));

function namesIn(item: OpenAI.Responses.ResponseOutputItem | undefined): readonly string[] {
  if (item?.type !== 'function_call' || item.name !== PROFILE_PICTURES) return [];
  const parsed = v.safeParse(Arguments, item.arguments);
  return parsed.success ? parsed.output.people : [];
}

/** One item: whose pictures these are, and the pictures in the same order. */
async function showPortraits(
  names: readonly string[],
  { portraits, read }: PortraitDeps,
): Promise<OpenAI.Responses.EasyInputMessage> {
  const found = await Promise.all(
    names.map(async (name) => {
      const portrait = portraits.get(name);
      const bytes = portrait === undefined ? null : await read(portrait.path).catch(() => null);
      const type = bytes === null ? null : sniff(bytes);
      return bytes === null || type === null
        ? { name, url: null }
        : { name, url: `data:${type};base64,${encodeBase64(bytes)}` };
    }),
  );
  const line = JSON.stringify({
    profile_pictures: found.map(({ name, url }) =>
      url === null ? { of: name, missing: true } : { of: name, shown: true },
    ),
  });
  return {
    role: 'user',
    content: [
      { type: 'input_text', text: line },
      ...found.flatMap(({ url }) =>
        url === null ? [] : [{ type: 'input_image', image_url: url, detail: 'auto' } as const],
      ),
    ],
  };
}
