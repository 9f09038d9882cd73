import type { BuildSettings } from '../scripts/build-settings.ts';

/** Put in by the build (scripts/build-web.ts). */
declare const __SIDEROOM_SETTINGS__: BuildSettings;

/** What this build of the web app is made for. */
export const settings: BuildSettings = __SIDEROOM_SETTINGS__;
