import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/folders.ts';

/**
 * A copy of the built extension whose person has allowed notifications already: nobody can press “Allow” in a browser without a
 * screen, so the permission that is optional stands among those that come with installing.
 */
export function allowNotifications(extensionDir: string): { readonly path: string; remove(): void } {
  const folder = temporaryFolder();
  cpSync(extensionDir, folder.path, { recursive: true });
  const path = join(folder.path, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
    permissions: string[];
    optional_permissions: string[];
  };
  manifest.permissions.push(...manifest.optional_permissions.splice(0));
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}
