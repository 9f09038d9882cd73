import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

const SECOND = 1_000;

/** Bounds how many channels a connection holds, and how fast it asks for them: each join costs the database a check. */
export interface JoinGate {
  /** Lets one more join try, or throws a Refusal. */
  pass(joined: number): void;
  /** True once the connection asked too fast: it is to be closed. */
  readonly isShut: boolean;
}

export function createJoinGate(now: () => number = Date.now): JoinGate {
  let since = now();
  let asked = 0;
  return {
    pass(joined) {
      if (now() - since >= SECOND) {
        since = now();
        asked = 0;
      }
      asked += 1;
      if (asked > limits.joinsPerSecond) throw new Refusal('ClientJoinRateLimitReached', 'Too many joins per second');
      if (joined >= limits.channelsPerConnection) throw new Refusal('ChannelRateLimitReached', 'Too many channels');
    },
    get isShut() {
      return asked > limits.joinsPerSecond;
    },
  };
}
