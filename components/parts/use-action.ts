import { useRef, useState } from 'preact/hooks';
import { type Failure, FailureError } from '../../lib/model/failure.ts';

export interface Action {
  readonly busy: boolean;
  /** Why the last run did not work. */
  readonly failure: Failure | null;
  /** Runs one thing at a time; true when it worked. Unexpected errors surface. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  /** Forgets the failure, for instance because its cause was edited. */
  clear(): void;
}

/** Something that takes a moment and may fail, with what a button and a note need to show of it. */
export function useAction(): Action {
  const [state, setState] = useState<Pick<Action, 'busy' | 'failure'>>({ busy: false, failure: null });
  const running = useRef(false);
  return {
    ...state,
    async run(work) {
      if (running.current) return false;
      running.current = true;
      setState({ busy: true, failure: null });
      let failure: Failure | null = null;
      try {
        await work();
      } catch (thrown) {
        if (!(thrown instanceof FailureError)) throw thrown;
        failure = thrown.failure;
      } finally {
        running.current = false;
        setState({ busy: false, failure });
      }
      return failure === null;
    },
    clear() {
      setState((now) => (now.failure === null ? now : { ...now, failure: null }));
    },
  };
}
