import { jwtVerify } from 'jose';

/** Whose turn a request takes: a person's by a token of this project, else that of the address it came from. */
export type Sender =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'address'; readonly id: string };

export interface SenderKeys {
  readonly jwtSecret: string;
  readonly secretKey: string;
}

/** Null: the project's own work, which waits for nobody. A token that does not hold counts as none, so that nobody takes another's turns. */
export async function identifySender(headers: Headers, address: string, keys: SenderKeys): Promise<Sender | null> {
  const token = (headers.get('authorization') ?? '').replace(/^Bearer\s+/i, '');
  if (token === keys.secretKey || (token === '' && headers.get('apikey') === keys.secretKey)) return null;
  const id = token === '' || token.startsWith('sb_') ? null : await readPerson(token, keys.jwtSecret);
  return id === null ? { kind: 'address', id: address } : { kind: 'person', id };
}

async function readPerson(token: string, secret: string): Promise<string | null> {
  const verified = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] }).catch(
    () => null,
  );
  return verified?.payload.sub ?? null;
}
