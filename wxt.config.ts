import { defineConfig, type UserManifest } from 'wxt';
import { type BuildSettings, readBuildSettings } from './scripts/build-settings.ts';
import { EXTENSION_KEY } from './scripts/extension-identity.ts';

const settings = readBuildSettings(process.env);

export default defineConfig({
  srcDir: '.',
  outDir: process.env.SIDEROOM_OUT_DIR ?? '.output',
  // Imports are written out: what a file uses stands at its top.
  imports: false,
  modules: ['@wxt-dev/webextension-polyfill'],
  vite: () => ({
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: { __SIDEROOM_SETTINGS__: JSON.stringify(settings) },
    build: { modulePreload: false, sourcemap: false },
  }),
  zip: { excludeSources: ['tests/**', 'bench/**', 'docs/**', '.sideroom/**'] },
  manifest: ({ browser }) => manifestFor(browser, settings),
});

function manifestFor(browser: string, { supabaseUrl, joinPattern }: BuildSettings): UserManifest {
  const firefox = browser === 'firefox';
  return {
    name: 'Sideroom',
    description: 'Group chats with people and an AI, beside any webpage.',
    ...(firefox ? {} : { key: EXTENSION_KEY, minimum_chrome_version: '123' }),
    permissions: [
      'activeTab',
      'alarms',
      'contextMenus',
      'scripting',
      'storage',
      ...(firefox ? [] : ['offscreen', 'sidePanel']),
    ],
    // Asked for by a click in the panel's settings.
    optional_permissions: ['notifications'],
    host_permissions: [joinPattern],
    action: { default_title: 'Open Sideroom beside this page' },
    commands: {
      _execute_action: {
        suggested_key: { default: 'Alt+Shift+S' },
        description: 'Open or close Sideroom beside this page',
      },
      'share-selection': {
        suggested_key: { default: 'Alt+Shift+D' },
        description: 'Share what is selected on this page',
      },
    },
    content_security_policy: { extension_pages: contentSecurityPolicy(supabaseUrl) },
    web_accessible_resources: [
      { resources: ['panel.html'], matches: ['<all_urls>'], ...(firefox ? {} : { use_dynamic_url: true }) },
    ],
    ...(firefox
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'sideroom@sideroom.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {}),
  } as UserManifest;
}

/** Extension pages run the extension's own script, talk to the configured Supabase, and load nothing else. */
function contentSecurityPolicy(supabaseUrl: string): string {
  const socketUrl = supabaseUrl.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    'media-src blob:',
    `connect-src 'self' ${supabaseUrl} ${socketUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
