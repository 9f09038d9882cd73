import type { Waiting } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';

/** Groups that this person asked to be let into. They move to the others when somebody says yes. */
export function WaitingSection({ waiting }: { waiting: readonly Waiting[] }) {
  const { client, toaster } = usePanel();
  if (waiting.length === 0) return null;
  return (
    <section aria-label="Waiting to be let in">
      <header class="chat-section-head">
        <h2>Waiting to be let in</h2>
      </header>
      <ul>
        {waiting.map(({ chatId, title }) => (
          <li key={chatId} class="waiting-row">
            <span class="chat-tile">
              <GeneratedAvatar id={chatId} name={title} size={36} />
            </span>
            <span class="chat-title fading">
              <bdi>{title}</bdi>
            </span>
            <Button
              look="quiet"
              label={`Take back asking to join ${title}`}
              onClick={() => void client.request('withdrawRequest', { chatId }).catch(toaster.showFailure)}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
