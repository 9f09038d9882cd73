import './blocked-message.css';

export const BLOCKED_PERSON = 'Blocked person';

/** What stands in the place of a blocked person's message. */
export function BlockedMessage({ id, onShow }: { id: string; onShow: () => void }) {
  return (
    <li class="blocked-message" data-row data-message={id}>
      {BLOCKED_PERSON}
      <button type="button" class="blocked-show" onClick={onShow}>
        Show
      </button>
    </li>
  );
}
