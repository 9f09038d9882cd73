import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { openOverlay } from './frame.ts';
import type { WorldOfOverlay } from './messages.ts';

/** Injected by a click on the toolbar button or the shortcut; run a second time it closes what it opened. */
const world = globalThis as WorldOfOverlay;

export default defineUnlistedScript(async () => {
  if (world.sideroomOverlay) {
    world.sideroomOverlay.close();
    return;
  }
  const returns = world.sideroomReturns === true;
  world.sideroomReturns = false;
  world.sideroomOverlay = await openOverlay(
    () => {
      world.sideroomOverlay = null;
    },
    { returns },
  );
});
