import type { JoinRequest } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { useAction } from '../parts/use-action.ts';
import { waitingWords } from '../time-words.ts';

/** Who waits to be let in. Any member answers, and the first answer counts. */
export function JoinRequests({ chatId, requests }: { chatId: string; requests: readonly JoinRequest[] }) {
  return (
    <section class="join-requests" aria-label="Waiting to be let in">
      <h3>{waitingWords(requests.length)}</h3>
      <ul class="member-list">
        {requests.map((request) => (
          <RequestRow key={request.id} chatId={chatId} request={request} />
        ))}
      </ul>
    </section>
  );
}

function RequestRow({ chatId, request }: { chatId: string; request: JoinRequest }) {
  const panel = usePanel();
  const { busy, failure, run } = useAction();

  function answer(accept: boolean): void {
    if (!panel.isSeen('let-in')) return;
    void run(() => panel.client.request('answerRequest', { chatId, userId: request.id, accept }));
  }

  return (
    <li>
      <div class="member-row">
        <Avatar person={request} size={28} />
        <span class="member-names">
          <b class="fading">
            <bdi>{request.displayName}</bdi>
          </b>
          <span class="fading">@{request.username}</span>
        </span>
        <button
          type="button"
          class="member-remove"
          aria-label={`Decline ${request.displayName}`}
          onClick={() => answer(false)}
        >
          Decline
        </button>
        <Button label={`Let in ${request.displayName}`} busy={busy} onClick={() => answer(true)}>
          Let in
        </Button>
      </div>
      <FailureNote failure={failure} />
    </li>
  );
}
