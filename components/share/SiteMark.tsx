import { hueOf, initialsOf } from '../parts/face.ts';
import { hostOf } from './share-words.ts';

/** Stands for a site. Drawn here: its own icon would have to be fetched, and its server would hear of it. */
export function SiteMark({ url }: { url: string }) {
  const host = hostOf(url);
  return (
    <span class="site-mark avatar" style={{ '--hue': hueOf(host) }} aria-hidden="true">
      {initialsOf(host, 1)}
    </span>
  );
}
