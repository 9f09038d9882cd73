import { useEffect, useState } from 'preact/hooks';
import type { InvitePreview } from '../../lib/model/chat.ts';
import { type Failure, toFailure } from '../../lib/model/failure.ts';
import { usePanel } from '../panel/panel-context.ts';

export type PreviewState =
  | { readonly name: 'loading' }
  | { readonly name: 'there'; readonly preview: InvitePreview }
  | { readonly name: 'failed'; readonly failure: Failure };

/** What an invite leads to. Looking spends nothing. Asked again when the token or `round` changes; until then the last answer stays. */
export function usePreview(token: string, round: unknown = 0): PreviewState {
  const { client } = usePanel();
  const [state, setState] = useState<PreviewState>({ name: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means to ask again
  useEffect(() => {
    let stale = false;
    setState((before) => (before.name === 'there' ? before : { name: 'loading' }));
    client.request('previewInvite', { token }).then(
      (preview) => stale || setState({ name: 'there', preview }),
      (thrown: unknown) => stale || setState({ name: 'failed', failure: toFailure(thrown) }),
    );
    return () => {
      stale = true;
    };
  }, [client, token, round]);
  return state;
}
