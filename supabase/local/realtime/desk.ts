import type { Pool } from 'pg';
import type { Authoriser } from './authorise.ts';
import type { Callers } from './callers.ts';
import type { Topics } from './topics.ts';
import type { WalReader } from './wal.ts';

/** What every connection and request of one server is served with. */
export interface Desk {
  readonly pool: Pool;
  readonly callers: Callers;
  readonly authoriser: Authoriser;
  readonly topics: Topics;
  readonly wal: WalReader;
  readonly log: (line: string) => void;
}

/** What is known of a connection from its opening request. */
export interface Visit {
  /** The project key that it came with: who it is until a token says otherwise. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}
