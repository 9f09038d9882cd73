import { useEffect, useRef, useState } from 'preact/hooks';
import { type InviteOptions, USUAL_INVITE } from '../../lib/model/chat.ts';
import { type Failure, toFailure } from '../../lib/model/failure.ts';
import type { Passage } from '../../lib/model/passage.ts';
import type { Invite } from '../../lib/model/protocol.ts';
import { usePanel } from '../panel/panel-context.ts';

export type LinkState =
  | { readonly name: 'making' }
  | { readonly name: 'there'; readonly invite: Invite }
  | { readonly name: 'failed'; readonly failure: Failure };

export interface InviteMaker {
  readonly link: LinkState;
  readonly options: InviteOptions;
  /** The page that goes along; null: none. */
  readonly page: Passage | null;
  /** Makes a link; other options count from then on. Of several under way the last one counts. */
  make(options?: InviteOptions, page?: Passage | null): void;
}

/** The link that is to be passed on. The first one is made when the sheet opens. */
export function useInvite(chatId: string): InviteMaker {
  const { client } = usePanel();
  const [link, setLink] = useState<LinkState>({ name: 'making' });
  const [options, setOptions] = useState(USUAL_INVITE);
  const [page, setPage] = useState<Passage | null>(null);
  const turn = useRef(0);

  function make(next: InviteOptions = options, along: Passage | null = page): void {
    const mine = ++turn.current;
    const show = (state: LinkState) => mine === turn.current && setLink(state);
    setOptions(next);
    setPage(along);
    setLink({ name: 'making' });
    client.request('createInvite', { chatId, options: next, page: along }).then(
      (invite) => show({ name: 'there', invite }),
      (thrown: unknown) => show({ name: 'failed', failure: toFailure(thrown) }),
    );
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: one link for one opening
  useEffect(() => {
    make();
    return () => {
      turn.current = -1;
    };
  }, [chatId]);

  return { link, options, page, make };
}
