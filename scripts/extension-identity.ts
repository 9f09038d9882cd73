import { createHash } from 'node:crypto';

/** Public half of a key pair whose private half was thrown away. In the manifest it pins the extension's id, wherever it is loaded from. */
export const EXTENSION_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtzfWcw2VXMzYmQsi1g8QkCw1HR2VrM3RCZICQkvSmmS6cr7rvjOMn1YJ8Q7wnY3FHmPnymbExdvBZaNAM4+MZf3Y7NqI/WTdmebLCly4bxHp7TyWqcwPAf+tVSmlwJE074yD99sbv1jJUIRGFj0zdORa6JefZGtaijbqx+B+XimN38KEdxdthj3Ysr5CAD8y3SGm8nbXS4gfFsE5ki3gEfrkVdGUP/u2Io889qrkHBC/gzP1AxsWvzEBPuzvJYqzyQ/VLn5y4UczRCqo19uhLqPRxrY1bazW/IVkUuj0P/k3gN0T8Bnmck7YdMi9lTcny1gzjiP0NmOi8rrVgIh3XQIDAQAB';

/** The id that browsers make of the key: half of its hash, in the letters a to p. */
export const EXTENSION_ID = idOf(EXTENSION_KEY);

function idOf(key: string): string {
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return hash.replace(/./g, (digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16)));
}
