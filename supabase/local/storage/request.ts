import { StorageFailure } from './failure.ts';

/** The request's JSON; an empty body is an empty object, as clients send on DELETE. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StorageFailure('InvalidRequest', 'The body is not valid JSON', { cause: error });
  }
}

export function queryOf(request: Request, name: string): string | null {
  return new URL(request.url).searchParams.get(name);
}
