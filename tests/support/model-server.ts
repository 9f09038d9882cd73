import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { LLMock } from '@copilotkit/aimock';

interface ApiError {
  readonly code?: string;
  readonly message: string;
  readonly type?: string;
  readonly param?: string;
}

/** One request to the model service, in the hands of a test. */
export interface ModelCall {
  readonly body: Readonly<Record<string, unknown>> & { readonly input: readonly { role: string; content: string }[] };
  /** Sends an event of the Responses API's stream. */
  send(event: Readonly<Record<string, unknown>> & { readonly type: string }): void;
  say(delta: string): void;
  complete(usage?: TokenCounts): void;
  /** Answers with an error instead of a stream. */
  refuse(status: number, error: ApiError, headers?: Readonly<Record<string, string>>): void;
  /** Ends the stream cleanly without having finished the answer. */
  endEarly(): void;
  /** Tears the connection down. */
  breakOff(): void;
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>;
}

export type Script = (call: ModelCall) => void | Promise<void>;

export interface TokenCounts {
  readonly input: number;
  readonly cached?: number;
  readonly output: number;
}

/** Answers a request for a transcription, or leaves it unanswered. */
export type SpeechScript = (response: ServerResponse) => void;

/** A request to look through texts or a picture: what was sent, by whom. */
export interface ModerationCall {
  readonly input: readonly (string | { readonly image_url: { readonly url: string } })[];
  readonly model?: string;
  readonly safetyIdentifier: string | undefined;
}

/** Scores by category for each text, or for the picture; throws to have the service fail. */
export type ModerationScript = (call: ModerationCall) => readonly Readonly<Record<string, number>>[];

/** Nothing is of concern. */
export const CALM: ModerationScript = ({ input }) => (typeof input[0] === 'string' ? input.map(() => ({})) : [{}]);

export interface ModelServer {
  /** For OPENAI_BASE_URL. */
  readonly url: string;
  /** What has been asked so far. */
  readonly calls: readonly ModelCall[];
  /** What happens at requests from now on. */
  play(script: Script): void;
  /** What happens at requests for transcriptions from now on. */
  playSpeech(script: SpeechScript): void;
  /** What has been looked through so far. */
  readonly moderations: readonly ModerationCall[];
  /** What is said of texts and pictures from now on. */
  playModeration(script: ModerationScript): void;
  stop(): Promise<void>;
}

/** Says the words one by one and ends properly. */
export function speak(...deltas: readonly string[]): (call: ModelCall) => void {
  return (call) => {
    for (const delta of deltas) call.say(delta);
    call.complete();
  };
}

/** A model service that speaks the Responses API over real HTTP and does what a test tells it to, faults included. */
export async function startModelServer(): Promise<ModelServer> {
  const calls: ModelCall[] = [];
  let script: Script = speak('Hello.');
  const mock = new LLMock({ port: 0, host: '127.0.0.1' });
  mock.mount('/v1/responses', {
    async handleRequest(request, response) {
      const call = openCall(JSON.parse(await text(request)), request, response);
      calls.push(call);
      await script(call);
      return true;
    },
  });
  let speechScript: SpeechScript = (response) => response.writeHead(404).end();
  mock.mount('/v1/audio/transcriptions', {
    async handleRequest(request, response) {
      await text(request);
      speechScript(response);
      return true;
    },
  });
  const moderations: ModerationCall[] = [];
  let moderationScript: ModerationScript = CALM;
  mock.mount('/v1/moderations', {
    async handleRequest(request, response) {
      const body = JSON.parse(await text(request));
      const call = { ...body, safetyIdentifier: request.headers['openai-safety-identifier'] };
      moderations.push(call);
      try {
        const results = moderationScript(call).map((scores) => ({ flagged: false, category_scores: scores }));
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ results }));
      } catch {
        response.writeHead(500).end();
      }
      return true;
    },
  });
  const url = await mock.start();
  return {
    url: `${url}/v1`,
    calls,
    play(next) {
      script = next;
    },
    playSpeech(next) {
      speechScript = next;
    },
    moderations,
    playModeration(next) {
      moderationScript = next;
    },
    stop: () => mock.stop(),
  };
}

function openCall(body: ModelCall['body'], request: IncomingMessage, response: ServerResponse): ModelCall {
  let sequence = 0;
  const reply = { id: 'resp_1', object: 'response', model: body.model, output: [] };
  function send(event: Readonly<Record<string, unknown>> & { readonly type: string }): void {
    if (sequence === 0) response.writeHead(200, { 'content-type': 'text/event-stream' });
    const data = { sequence_number: sequence, ...event };
    sequence += 1;
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`);
  }
  return {
    body,
    send,
    say: (delta) =>
      send({
        type: 'response.output_text.delta',
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta,
        logprobs: [],
      }),
    complete(tokens) {
      const usage = tokens && {
        input_tokens: tokens.input,
        input_tokens_details: { cached_tokens: tokens.cached ?? 0 },
        output_tokens: tokens.output,
      };
      send({ type: 'response.completed', response: { ...reply, status: 'completed', ...(usage && { usage }) } });
      response.end();
    },
    refuse(status, error, headers = {}) {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error }));
    },
    endEarly: () => response.end(),
    breakOff: () => request.socket.destroy(),
    closed: new Promise((resolve) => response.once('close', resolve)),
  };
}
