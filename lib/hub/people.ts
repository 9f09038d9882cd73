import type { Backend } from '../data/backend.ts';
import { readPeople } from '../data/profiles.ts';
import { readPeople as readStoredPeople, writePeople } from '../data/store/people.ts';
import type { Store } from '../data/store/store.ts';
import type { Message, Person } from '../model/chat.ts';
import { debounce } from './timers.ts';

/** The faces known to this browser. */
export interface People {
  load(): Promise<void>;
  get(userId: string): Person | undefined;
  named(username: string): Person | undefined;
  learn(people: readonly Person[]): void;
  /** Reads those whose faces are not known yet; they come by `onLearn`. */
  want(ids: Iterable<string>): void;
}

interface Deps {
  readonly store: Store;
  readonly backend: Backend;
  readonly signal: AbortSignal;
  onLearn(people: readonly Person[]): void;
  onFault(reason: unknown): void;
}

/** How many profiles one request asks for: they stand in its address. */
const BATCH = 50;

export function createPeople({ store, backend, signal, onLearn, onFault }: Deps): People {
  const known = new Map<string, Person>();
  /** Asked for and not shown to us: not asked again while this hub lives. */
  const hidden = new Set<string>();
  let wanted = new Set<string>();

  const readWanted = debounce(20, signal, () => {
    const ids = [...wanted].filter((id) => !known.has(id)).slice(0, BATCH);
    wanted = new Set([...wanted].slice(BATCH));
    if (ids.length === 0) return;
    readPeople(backend, ids).then(
      (people) => {
        learn(people);
        for (const id of ids) if (!known.has(id)) hidden.add(id);
        if (wanted.size > 0) readWanted();
      },
      () => {
        // Unreachable: whoever shows these people asks again.
      },
    );
  });

  function learn(people: readonly Person[]): void {
    const news = people.filter((person) => !isSame(known.get(person.id), person));
    if (news.length === 0 || signal.aborted) return;
    for (const person of news) known.set(person.id, toFace(person));
    writePeople(store, news.map(toFace)).catch(onFault);
    onLearn(news);
  }

  return {
    async load() {
      for (const person of await readStoredPeople(store)) known.set(person.id, person);
    },
    get: (userId) => known.get(userId),
    named: (username) => [...known.values()].find((person) => person.username === username),
    learn,
    want(ids) {
      for (const id of ids) if (!known.has(id) && !hidden.has(id)) wanted.add(id);
      if (wanted.size > 0) readWanted();
    },
  };
}

/** The people whose names a message needs to be shown. */
export function peopleOf({ authorId, notice }: Message): string[] {
  const noticed = notice === null ? [] : ['userId' in notice ? notice.userId : null, 'by' in notice ? notice.by : null];
  return [authorId, ...noticed].filter((id) => id !== null);
}

function isSame(a: Person | undefined, b: Person): boolean {
  return (
    a !== undefined && a.displayName === b.displayName && a.username === b.username && a.avatarPath === b.avatarPath
  );
}

function toFace({ id, displayName, username, avatarPath }: Person): Person {
  return { id, displayName, username, avatarPath };
}
