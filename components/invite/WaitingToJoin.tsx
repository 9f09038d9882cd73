import type { InvitePreview } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { useAction } from '../parts/use-action.ts';

interface WaitingToJoinProps {
  token: string;
  preview: InvitePreview;
  onDismiss: () => void;
}

/** The group was asked, and its answer is awaited here or anywhere else. */
export function WaitingToJoin({ token, preview: { title }, onDismiss }: WaitingToJoinProps) {
  const { client } = usePanel();
  const { busy, failure, run } = useAction();

  async function takeBack(): Promise<void> {
    // Redeeming again changes nothing and says which group it is, or that the answer has come meanwhile.
    const { chatId, waiting } = await client.request('redeemInvite', { token });
    if (!waiting) return client.watch(chatId);
    await client.request('withdrawRequest', { chatId });
    onDismiss();
  }

  return (
    <div class="invite-preview">
      <GeneratedAvatar id={token} name={title} size={72} />
      <p class="invite-from">Waiting to be let into</p>
      <h1 dir="auto">{title}</h1>
      <p class="invite-count" role="status">
        The people in it were asked. The group comes to your list as soon as one of them lets you in.
      </p>
      <FailureNote failure={failure} />
      <div class="invite-actions">
        <Button look="primary" wide onClick={onDismiss}>
          Go to my chats
        </Button>
        <Button look="quiet" wide busy={busy} onClick={() => void run(takeBack)}>
          Take back
        </Button>
      </div>
    </div>
  );
}
