import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import { eventsOf, type PracticeEvent } from './events.ts';
import { moderate } from './moderation.ts';
import { takeNotes } from './notes.ts';
import { PRACTICE_MODELS, type PracticeRequest, parseRequest } from './request.ts';
import { type Draft, draftResponse, responseOf } from './response.ts';
import { readTranscript } from './transcript.ts';
import { transcribe } from './transcription.ts';
import { considerTurn } from './turn.ts';

export interface PracticeModelOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Time between two words of a streamed answer. */
  readonly wordMs?: number;
}

export interface PracticeModel {
  /** Base URL as OpenAI clients take it, ending in /v1. */
  readonly url: string;
  stop(): Promise<void>;
}

const DEFAULT_WORD_MS = 25;
/** How many words a search or a picture takes as long as. */
const CALL_WORDS = 40;
/** Files in it are a third larger than they are. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

/** An assistant made of rules behind OpenAI's HTTP API, for machines with no model: the rest of the product cannot tell it from one. */
export async function startPracticeModel({
  port = 0,
  wordMs = DEFAULT_WORD_MS,
}: PracticeModelOptions = {}): Promise<PracticeModel> {
  const server = createServer((request, response) => {
    respond(request, response, wordMs).catch((error: unknown) => refuse(response, error));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The practice model has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, wordMs: number): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const route = `${request.method} ${path}`;
  if (route === 'GET /v1/models') return sendJson(response, 200, { object: 'list', data: MODELS });
  const model = MODELS.find(({ id }) => route === `GET /v1/models/${id}`);
  if (model !== undefined) return sendJson(response, 200, model);
  if (route === 'POST /v1/audio/transcriptions') return sendJson(response, 200, await transcribe(request));
  if (route === 'POST /v1/moderations') return sendJson(response, 200, moderate(await readBody(request)));
  if (route !== 'POST /v1/responses') throw new ApiError(404, `Invalid URL (${route})`, { code: 'unknown_url' });

  const parsed = parseRequest(await readBody(request));
  const now = new Date();
  const draft = draftResponse(parsed, say(parsed, now), now);
  if (parsed.stream) await stream(response, draft, wordMs);
  else sendJson(response, 200, responseOf(draft, 'done'));
}

function say({ purpose, input, tools }: PracticeRequest, now: Date): Answer {
  const talk = () => input.map((message) => message.text).join('\n');
  if (purpose === 'turn') return { text: considerTurn(talk()) };
  if (purpose === 'summary') return { text: takeNotes(talk()) };
  return answer({ ...readTranscript(input), tools, now });
}

const MODELS = PRACTICE_MODELS.map((id) => ({ id, object: 'model', created: 1_795_392_000, owned_by: 'sideroom' }));

async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
    throw new ApiError(413, 'The request is too large.');
  return readText(request);
}

/** Server-sent events at the pace of the words; ends quietly when the client goes away. */
async function stream(response: ServerResponse, draft: Draft, wordMs: number): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  for (const event of eventsOf(draft)) {
    const pause = pauseBefore(event) * wordMs;
    if (pause > 0) await sleep(pause, undefined, { signal: gone.signal }).catch(() => undefined);
    if (gone.signal.aborted) return;
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
  response.end();
}

/** In words. */
function pauseBefore({ type }: PracticeEvent): number {
  if (type === 'response.output_text.delta') return 1;
  return type === 'response.web_search_call.completed' || type === 'response.image_generation_call.completed'
    ? CALL_WORDS
    : 0;
}

function refuse(response: ServerResponse, error: unknown): void {
  const refusal = error instanceof ApiError ? error : new ApiError(500, 'The practice model failed on this request.');
  if (response.headersSent) response.destroy();
  else sendJson(response, refusal.status, refusal.toBody());
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
