import { titleOf } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { usePageBeside } from '../share/use-page-beside.ts';
import { plural } from '../time-words.ts';

/** The chats in which the page beside the panel was shared; a click leads to the latest share. */
export function OnThisPage() {
  const panel = usePanel();
  const all = panel.app.value?.chats ?? [];
  // The list stays where it is while a chat lies over it.
  const latest = all.flatMap(({ lastMessage }) => (lastMessage?.shares.length ? [lastMessage.id] : []));
  const page = usePageBeside([panel.chatId.value, ...latest].join());
  const found = (page?.chats ?? []).flatMap((place) => {
    const chat = all.find(({ id }) => id === place.chatId);
    return chat === undefined ? [] : [{ chat, place }];
  });
  if (found.length === 0) return null;
  const count = found.reduce((sum, { place }) => sum + place.count, 0);
  return (
    <section aria-label="On this page">
      <header class="chat-section-head">
        <h2>
          On this page <span class="chat-fold-count">{count}</span>
        </h2>
      </header>
      <ul>
        {found.map(({ chat, place }) => (
          <li key={chat.id}>
            <button
              type="button"
              class="page-row"
              title="Show what was shared last"
              onClick={() => panel.jumpTo({ id: place.messageId, chatId: chat.id, seq: place.seq })}
            >
              <GeneratedAvatar id={chat.id} name={titleOf(chat)} size={28} />
              <span class="chat-title fading">
                <bdi>{titleOf(chat)}</bdi>
              </span>
              <span class="page-count">{plural(place.count, 'share')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
