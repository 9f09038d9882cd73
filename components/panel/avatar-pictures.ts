import { type ReadonlySignal, signal } from '@preact/signals';
import type { HubClient } from '../../lib/hub/panel-client.ts';

/** Profile pictures by their path, asked of the hub once each. */
export interface AvatarPictures {
  /** The picture as data URL; null while it is loading and when there is none. */
  of(path: string): ReadonlySignal<string | null>;
}

export function createAvatarPictures(client: HubClient): AvatarPictures {
  const pictures = new Map<string, ReadonlySignal<string | null>>();
  return {
    of(path) {
      const known = pictures.get(path);
      if (known !== undefined) return known;
      const picture = signal<string | null>(null);
      pictures.set(path, picture);
      client.request('avatar', { path }).then(
        (dataUrl) => {
          picture.value = dataUrl;
        },
        // Initials stand in for it; the next time that the panel opens it is asked for again.
        () => {},
      );
      return picture;
    },
  };
}
