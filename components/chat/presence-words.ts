import type { Person } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { plural } from '../time-words.ts';

const NAMED = 2;
const NOBODY: ReadonlySet<string> = new Set();

/** `Ana and Ben are typing`; empty when nobody is whom the reader wants to hear of. */
export function typingWords({ presence, people }: ChatView, blocked: ReadonlySet<string> = NOBODY): string {
  const writers = Object.keys(presence).filter((id) => presence[id] === 'typing' && !blocked.has(id));
  const names = writers.map((id) => people[id]?.displayName ?? 'Somebody');
  return names.length === 0 ? '' : `${listNames(names)} ${names.length === 1 ? 'is' : 'are'} typing`;
}

/** `Ana and Ben` `are on this page too`: the names apart, because they give way where there is little room. */
export function onPageWords(people: readonly Person[]): readonly [names: string, rest: string] {
  const names = people.map(({ displayName }) => displayName);
  return [listNames(names), `${names.length === 1 ? 'is' : 'are'} on this page too`];
}

function listNames(names: readonly string[]): string {
  const others = names.length - NAMED;
  const told = others > 1 ? [...names.slice(0, NAMED), `${others} others`] : names;
  return new Intl.ListFormat('en').format(told);
}

/** `6 members, 3 here`, the reader counted among both. */
export function headcountWords({ members, presence }: ChatView): string {
  const here = members.filter(({ id }) => presence[id] !== undefined).length + 1;
  return here === 1 ? plural(members.length, 'member') : `${plural(members.length, 'member')}, ${here} here`;
}

/** `Read by Ana and Ben`. */
export function readWords(ids: readonly string[], people: ChatView['people']): string {
  return `Read by ${new Intl.ListFormat('en').format(ids.map((id) => people[id]?.displayName ?? 'somebody'))}`;
}
