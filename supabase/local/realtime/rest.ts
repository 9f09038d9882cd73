import * as v from 'valibot';
import { type Caller, isKey, readableHeaders } from './callers.ts';
import type { Desk } from './desk.ts';
import { limits } from './limits.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';

const ROUTE = /\/api\/broadcast(?:\/(?<topic>[^/]+)\/events\/(?<event>[^/]+))?\/?$/;
const PUBLIC_REFUSED = { status: 403, error: 'This project only allows private channels' };
const STATUS_OF: Readonly<Record<string, number>> = { BadRequest: 400, UnableToConnectToProject: 503 };

const batchSchema = v.object({
  messages: v.array(
    v.object({
      topic: v.pipe(v.string(), v.minLength(1)),
      event: v.string(),
      payload: v.record(v.string(), v.unknown()),
      private: v.optional(v.boolean(), false),
      id: v.optional(v.string()),
    }),
  ),
});

interface Answer {
  readonly status: number;
  readonly error?: string;
}

/**
 * Broadcasting by HTTP: one event (`POST …/api/broadcast/{topic}/events/{event}?private=true`, the body being the payload), or a
 * batch (`POST …/api/broadcast`). 202 means taken, not received. As on hosted projects, messages of a batch that
 * the policies forbid are left out silently, while a single one is refused with 403.
 */
export async function handleRest(desk: Desk, request: Request): Promise<Response> {
  const { status, error } = await answer(desk, request).catch(toAnswer);
  return error === undefined ? new Response(null, { status }) : Response.json({ error }, { status });
}

async function answer(desk: Desk, request: Request): Promise<Answer> {
  const url = new URL(request.url);
  const route = ROUTE.exec(url.pathname);
  if (!route) return { status: 404, error: 'Not found' };
  if (request.method !== 'POST') return { status: 405, error: 'Use POST' };
  const caller = await identifyCaller(desk, request);
  const body = await readBody(request, limits.frameBytes);
  if (body === null) return { status: 413, error: 'The body is too large' };
  const { topic, event } = route.groups ?? {};
  if (topic === undefined || event === undefined) return sendBatch(desk, caller, body);
  if (url.searchParams.get('private') !== 'true') return PUBLIC_REFUSED;
  const binary = request.headers.get('content-type') === 'application/octet-stream';
  return sendOne(desk, caller, decodeSegment(topic), decodeSegment(event), body, binary);
}

async function sendOne(
  { authoriser, topics }: Desk,
  caller: Caller,
  topic: string,
  event: string,
  payload: Buffer,
  binary: boolean,
): Promise<Answer> {
  if (!binary && parseJson(payload) === undefined) return { status: 422, error: 'The body is not JSON' };
  if (!(await authoriser.writable(caller, topic, 'broadcast'))) return { status: 403, error: 'Unauthorized' };
  const carried = topics.deliver(topic, { event, encoding: binary ? 'binary' : 'json', payload });
  return carried ? { status: 202 } : { status: 422, error: 'The event or its payload is too large' };
}

async function sendBatch({ authoriser, topics }: Desk, caller: Caller, body: Buffer): Promise<Answer> {
  const batch = v.safeParse(batchSchema, parseJson(body));
  if (!batch.success) return { status: 422, error: 'The body is not a batch of messages' };
  const { messages } = batch.output;
  if (messages.some((message) => !message.private)) return PUBLIC_REFUSED;
  for (const [topic, group] of Map.groupBy(messages, (message) => message.topic)) {
    if (!(await authoriser.writable(caller, topic, 'broadcast'))) continue;
    for (const { event, payload, id } of group) {
      const content = { event, encoding: 'json' as const, payload: Buffer.from(JSON.stringify(payload)) };
      topics.deliver(topic, id === undefined ? content : { ...content, meta: { id } });
    }
  }
  return { status: 202 };
}

/** A person's token counts before the project key that every request brings along. */
async function identifyCaller({ callers }: Desk, { headers }: Request): Promise<Caller> {
  const bearer = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  const credential = bearer && !isKey(bearer) ? bearer : (headers.get('apikey') ?? bearer);
  if (!credential) throw new Refusal('Unauthorized', 'API key is missing');
  return { claims: await callers.ofCredential(credential), headers: readableHeaders(headers) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal('BadRequest', 'The address is malformed');
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function toAnswer(error: unknown): Answer {
  if (!(error instanceof Refusal)) throw error;
  return { status: STATUS_OF[error.code] ?? 401, error: error.message };
}
