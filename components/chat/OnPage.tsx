import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { AvatarStack } from '../parts/AvatarStack.tsx';
import './on-page.css';
import { onPageWords } from './presence-words.ts';

/** Who of the group has the page beside the panel open as well, as far as both they and the reader chose to be seen. */
export function OnPage({ view }: { view: ChatView }) {
  const { onPage, blocked } = usePanel();
  const people = view.members.filter(({ id }) => onPage.value.includes(id) && !blocked.value.has(id));
  if (people.length === 0) return null;
  const [names, rest] = onPageWords(people);
  return (
    <p class="on-page" title={`${names} ${rest}`}>
      <AvatarStack people={people} />
      <span class="visually-hidden">
        {names} {rest}
      </span>
      <bdi class="on-page-names" aria-hidden="true">
        {names}
      </bdi>
      <span class="on-page-rest" aria-hidden="true">
        {rest}
      </span>
    </p>
  );
}
