import { useEffect, useState } from 'preact/hooks';
import { FailureError } from '../../lib/model/failure.ts';
import { usePanel } from '../panel/panel-context.ts';
import { usernameProblem } from './username.ts';

export type UsernameState =
  | { readonly name: 'empty' | 'checking' | 'free' | 'taken' | 'unknown' }
  | { readonly name: 'wrong'; readonly why: string };

/** Typing goes on: ask only when it rests, in milliseconds. */
const REST = 250;

/** Whether a username can be had, asked of the server shortly after the last key. */
export function useUsername(username: string): UsernameState {
  const { client } = usePanel();
  const [state, setState] = useState<UsernameState>({ name: 'empty' });

  useEffect(() => {
    const problem = usernameProblem(username);
    if (username === '') return setState({ name: 'empty' });
    if (problem !== null) return setState({ name: 'wrong', why: problem });
    setState({ name: 'checking' });
    let stale = false;
    const timer = setTimeout(async () => {
      const free = await client.request('usernameAvailable', { username }).catch(unknownIfFailed);
      if (!stale) setState({ name: free === null ? 'unknown' : free ? 'free' : 'taken' });
    }, REST);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [username, client]);

  return state;
}

/** Saving asks again: a check that cannot be made now holds nobody up. */
function unknownIfFailed(thrown: unknown): null {
  if (thrown instanceof FailureError) return null;
  throw thrown;
}
