import type { Facts } from './schema.ts';
import type { Store } from './store.ts';

/** Null when there is none. */
export function readFact<K extends keyof Facts>(store: Store, key: K): Promise<Facts[K] | null> {
  return store.read(
    ['facts'],
    async (transaction) => ((await transaction.objectStore('facts').get(key)) as Facts[K] | undefined) ?? null,
  );
}

/** Null removes it. */
export function writeFact<K extends keyof Facts>(store: Store, key: K, value: Facts[K] | null): Promise<void> {
  return store.write(['facts'], async (transaction) => {
    const facts = transaction.objectStore('facts');
    await (value === null ? facts.delete(key) : facts.put(value, key));
  });
}
