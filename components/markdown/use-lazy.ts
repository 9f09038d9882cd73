import { useEffect, useState } from 'preact/hooks';

/** What an import brings, null until it is there. Where it does not come, it stays null: the text is shown plainly. */
export function useLazy<M>(load: (() => Promise<M>) | null): M | null {
  const [module, setModule] = useState<M | null>(null);
  useEffect(() => {
    if (load === null) return;
    let isWanted = true;
    load().then(
      (loaded) => {
        if (isWanted) setModule(loaded);
      },
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [load]);
  return load === null ? null : module;
}
