/** Shortest password that the server takes, in characters. */
export const MIN_PASSWORD = 8;

/** Whether this can be an e-mail address at all; the server has the last word. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

/** The six digits of a code, however they were pasted. */
export function codeDigits(text: string): string {
  return text.replace(/\D/g, '').slice(0, CODE_LENGTH);
}

export const CODE_LENGTH = 6;
