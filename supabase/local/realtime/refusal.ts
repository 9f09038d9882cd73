/**
 * A request that is answered with "no". The code and the sentence are the ones hosted projects use, because clients
 * show and match them; neither ever holds a payload or a token.
 */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }

  /** As a refused join says it. */
  get reason(): string {
    return `${this.code}: ${this.message}`;
  }
}

/** A line for the log that says what kind of failure it was, and nothing of what was being sent. */
export function describeFailure(error: unknown): string {
  if (error instanceof Refusal) return error.reason;
  if (!(error instanceof Error)) return 'no reason given';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
