import { useEffect, useState } from 'preact/hooks';
import type { PageBeside } from '../../lib/model/share.ts';
import { usePanel } from '../panel/panel-context.ts';

/** Where the page beside the panel was shared; looked up again when another page comes there, when the person comes back to the panel, and at other `news`. */
export function usePageBeside(news: string): PageBeside | null {
  const { client, surface, pagesSeen } = usePanel();
  const seen = pagesSeen.value;
  const [page, setPage] = useState<PageBeside | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again at news
  useEffect(() => {
    if (surface === 'page') return;
    let isMounted = true;
    const look = () => {
      if (document.visibilityState === 'hidden') return;
      client.request('pageBeside', {}).then(
        (found) => {
          if (isMounted) setPage(found);
        },
        // It is an extra: without it the list is as it always was.
        () => {},
      );
    };
    look();
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      isMounted = false;
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [client, surface, news, seen]);

  return page;
}
