import type { Member, Person } from '../../lib/model/chat.ts';

/** The cast of the gallery: short and long names, several scripts, one with a picture. */
const NAMES = [
  ['Ana Kovač', 'ana'],
  ['Ben Okafor', 'ben'],
  ['Chiara Lindqvist', 'chiara'],
  ['דנה לוי', 'dana.levi'],
  ['Emil', 'emil_77'],
  ['Wilhelmina Featherstonehaugh-Castellanos', 'wilhelmina.featherstonehaugh'],
  ['佐藤 由紀', 'yuki.sato'],
  ['Farid Haddad', 'farid'],
  ['Grace', 'grace.h'],
  ['Hugo Lefèvre', 'hugo'],
  ['Ines Duarte', 'ines'],
  ['Jonas', 'jonas_w'],
  ['Kalinda Rao', 'kalinda'],
  ['Lev', 'lev.t'],
  ['Mira Sørensen', 'mira'],
  ['Noor', 'noor_a'],
  ['Oskar Nyman', 'oskar'],
  ['Priya', 'priya.s'],
  ['Quentin', 'quentin'],
  ['Rosa Marín', 'rosa'],
] as const;

export const PEOPLE: readonly Person[] = NAMES.map(([displayName, username], index) => ({
  id: personId(index),
  displayName,
  username,
  avatarPath: index === 2 ? `${personId(index)}/face` : null,
}));

export const [ANA, BEN, CHIARA, DANA, EMIL, WILHELMINA] = PEOPLE as readonly [
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
];
/** Who looks at the panel. */
export const ME = BEN;

/** The first `count` of the cast, Ana being the creator. */
export function membersOf(count: number): readonly Member[] {
  return PEOPLE.slice(0, count).map((person, index) => ({
    ...person,
    role: index === 0 ? 'creator' : 'member',
    joinedAt: `2026-11-0${1 + (index % 9)}T08:00:00.000Z`,
  }));
}

export function byId(people: readonly Person[]): Record<string, Person> {
  return Object.fromEntries(people.map((person) => [person.id, person]));
}

function personId(index: number): string {
  return `0199d000-0000-7000-8000-0000000000${String(index).padStart(2, '0')}`;
}
