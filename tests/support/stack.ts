import { createClient } from '@supabase/supabase-js';
import { inject, vi } from 'vitest';

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

/** The code in the newest mail to an address. Waits until there is one; a Supabase that is not ours is asked by its admin API. */
export async function waitForCode(stack: StackUnderTest, address: string): Promise<string> {
  if (stack.local === undefined) return askForCode(stack, address);
  return vi.waitUntil(
    async () => {
      const mails = (await (await fetch(`${stack.url}/mail.json`)).json()) as { to: string; text: string }[];
      return /\b\d{6}\b/.exec(mails.find((mail) => mail.to === address)?.text ?? '')?.[0];
    },
    { timeout: 20_000, interval: 20 },
  );
}

async function askForCode({ url, secretKey }: StackUnderTest, email: string): Promise<string> {
  const { auth } = createClient(url, secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { data, error } = await auth.admin.generateLink({ type: 'magiclink', email });
  if (error) throw error;
  return data.properties.email_otp;
}
