import { inject } from 'vitest';

/** The Supabase under test: the embedded stack, or the one named by the environment. */
export interface StackUnderTest {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** Absent for a Supabase that is not ours: then tests that need local parts do not run. */
  readonly local?: {
    readonly jwtSecret: string;
    readonly adminUrl: string;
    readonly migrationUrl: string;
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    stack: StackUnderTest;
  }
}

/** The stack that all contract tests of a run share. Tests make people and chats of their own on it. */
export function stackUnderTest(): StackUnderTest {
  return inject('stack');
}

/** The newest code that the embedded stack mailed to an address. Waits until there is one. */
export async function waitForCode(stack: StackUnderTest, address: string): Promise<string> {
  for (;;) {
    const mails = (await (await fetch(`${stack.url}/mail.json`)).json()) as { to: string; text: string }[];
    const code = /\b\d{6}\b/.exec(mails.find((mail) => mail.to === address)?.text ?? '')?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
