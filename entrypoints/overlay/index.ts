import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { type Overlay, openOverlay } from './frame.ts';

/** Injected by a click on the toolbar button or the shortcut; run a second time it closes what it opened. */
const world = globalThis as typeof globalThis & { sideroomOverlay?: Overlay | null };

export default defineUnlistedScript(async () => {
  if (world.sideroomOverlay) {
    world.sideroomOverlay.close();
    return;
  }
  world.sideroomOverlay = await openOverlay(() => {
    world.sideroomOverlay = null;
  });
});
