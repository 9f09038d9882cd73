import { useEffect, useState } from 'preact/hooks';

/** A module that is imported when it is first needed, and then at hand at once. */
export interface Lazy<M> {
  readonly module: M | null;
  load(): Promise<void>;
}

export function lazy<M>(load: () => Promise<M>): Lazy<M> {
  let module: M | null = null;
  return {
    get module() {
      return module;
    },
    async load() {
      module = await load();
    },
  };
}

/** The module as soon as it is there; null until then, and where nothing is wanted. Where it does not come, it stays null. */
export function useLazy<M>(wanted: Lazy<M> | null): M | null {
  const [, setLoads] = useState(0);
  const isMissing = wanted !== null && wanted.module === null;
  useEffect(() => {
    if (!isMissing) return;
    let isMounted = true;
    wanted.load().then(
      () => {
        if (isMounted) setLoads((loads) => loads + 1);
      },
      () => {},
    );
    return () => {
      isMounted = false;
    };
  }, [wanted, isMissing]);
  return wanted?.module ?? null;
}
