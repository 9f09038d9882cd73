/**
 * `npm run build [-- --browser firefox]`: the extension and the web app, for the project that SIDEROOM_SUPABASE_URL and SIDEROOM_SUPABASE_KEY name, else
 * for the embedded one of `npm start`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadKeys } from '../supabase/local/keys.ts';
import { buildExtension } from './build-extension.ts';
import { readBuildSettings } from './build-settings.ts';
import { buildWeb } from './build-web.ts';
import { ROOT } from './command/project.ts';
import { findReleaseFaults } from './release/faults.ts';
import { secretsOf } from './release/leaks.ts';

const { values } = parseArgs({ options: { browser: { type: 'string', default: 'chrome' } } });
const { browser } = values;
if (browser !== 'chrome' && browser !== 'firefox') throw new Error(`--browser is chrome or firefox, not "${browser}".`);

const { supabaseUrl, publishableKey, joinUrl, mailUrl } = readBuildSettings(process.env);
const embedded = process.env.SIDEROOM_SUPABASE_URL === undefined;
const build = {
  supabaseUrl,
  publishableKey: embedded ? loadKeys(join(ROOT, '.sideroom', 'stack')).publishableKey : publishableKey,
  joinOrigin: new URL(joinUrl).origin,
  mailUrl: embedded ? `${supabaseUrl}/mail` : mailUrl,
};
const folders = [await buildExtension({ ...build, browser }), await buildWeb(build)] as const;
const faults = findReleaseFaults({
  extension: folders[0],
  web: folders[1],
  readme: readFileSync(join(ROOT, 'README.md'), 'utf8'),
  backend: supabaseUrl,
  secrets: secretsOf(process.env, [build.publishableKey]),
});
if (faults.length > 0) throw new Error(`This must not go out:\n${faults.join('\n')}`);
console.log(`Built for ${supabaseUrl}: ${folders.join(' and ')}`);
