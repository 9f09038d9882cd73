import OpenAI from 'openai';

/** Where a service that speaks OpenAI's API is. */
export interface ServiceSettings {
  /** Absent: a service on one's own machine, which takes any. */
  readonly apiKey: string | undefined;
  /** Absent: OpenAI's own. */
  readonly baseUrl: string | undefined;
}

export interface ClientOptions {
  /** How long one request may take, in milliseconds. */
  readonly timeout: number;
  /** How often a request that failed for no reason of its own is sent again; 0 if not given. */
  readonly maxRetries?: number;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A client that logs nothing: what people say and the key stay out of logs. */
export function openClient(
  { apiKey, baseUrl }: ServiceSettings,
  { timeout, maxRetries = 0, fetch }: ClientOptions,
): OpenAI {
  return new OpenAI({
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl ?? null,
    timeout,
    maxRetries,
    logLevel: 'off',
    ...(fetch ? { fetch } : {}),
  });
}
