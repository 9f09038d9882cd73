import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { plural } from '../time-words.ts';
import './page-badge.css';
import { usePageBeside } from './use-page-beside.ts';

/** How often the page beside the panel was shared in this chat; a click leads to the latest. */
export function PageBadge({ view }: { view: ChatView }) {
  const { jumpTo } = usePanel();
  const shared = view.messages.reduce((count, { shares }) => count + shares.length, 0);
  const place = usePageBeside(String(shared))?.chats.find(({ chatId }) => chatId === view.chat.id);
  if (place === undefined) return null;
  const words = `${plural(place.count, 'share')} of this page`;
  return (
    <button
      type="button"
      class="page-badge"
      aria-label={`${words}: show the latest`}
      title={words}
      onClick={() => jumpTo({ id: place.messageId, chatId: place.chatId, seq: place.seq })}
    >
      <Icon name="page" />
      <span aria-hidden="true">{place.count}</span>
    </button>
  );
}
