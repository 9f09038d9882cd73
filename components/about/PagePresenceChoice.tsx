import { useEffect, useState } from 'preact/hooks';
import type { ChatSummary } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { CheckField } from '../parts/CheckField.tsx';

/** Whether a person sees, and is seen by, who of the group is on the same page. Off until they turn it on. */
export function PagePresenceChoice({ chat }: { chat: ChatSummary }) {
  const { client, isSeen, toaster } = usePanel();
  const [isOn, setOn] = useState<boolean | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    client.request('readPagePresence', { chatId: chat.id }).then(setOn, () => {});
  }, [client, chat.id]);

  if (isOn === null) return null;

  async function choose(on: boolean): Promise<void> {
    // Nobody is to begin to show pages by a click that was meant for something else.
    if (on && !isSeen('share')) return;
    setBusy(true);
    try {
      await client.request('setPagePresence', { chatId: chat.id, on });
      setOn(on);
    } catch (thrown) {
      toaster.showFailure(thrown);
    }
    setBusy(false);
  }

  return (
    <CheckField
      label="Show when we are on the same page"
      hint="Sends a fingerprint of the page’s address, to this group only, while Sideroom is open on it. You see those who turned it on too, and they see you."
      checked={isOn}
      busy={busy}
      onChange={(on) => void choose(on)}
    />
  );
}
