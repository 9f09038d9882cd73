import { useId } from 'preact/hooks';
import type { ChatSummary, NotificationLevel } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';

const LEVELS: readonly (readonly [NotificationLevel, string])[] = [
  ['all', 'Every message'],
  ['mentions', 'Mentions'],
  ['none', 'Nothing'],
];

/** Of what in this group a person wants to hear. Nobody else sees it. */
export function NotifyChoice({ chat }: { chat: ChatSummary }) {
  const { client, toaster } = usePanel();
  const name = useId();
  return (
    <fieldset class="notify-choice">
      <legend>Tell me about</legend>
      {LEVELS.map(([level, words]) => (
        <label key={level}>
          <input
            type="radio"
            name={name}
            checked={chat.notificationLevel === level}
            onChange={() => {
              client.request('setNotificationLevel', { chatId: chat.id, level }).catch(toaster.showFailure);
            }}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
