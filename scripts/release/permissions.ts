/** What of a manifest asks for rights. */
export interface Permitted {
  readonly permissions?: readonly string[];
  readonly optional_permissions?: readonly string[];
  readonly host_permissions?: readonly string[];
  readonly optional_host_permissions?: readonly string[];
  readonly content_scripts?: readonly { readonly matches?: readonly string[] }[];
}

/** The row of the README's table that explains the one host that is entered unasked. */
const HOST_ROW = 'the join page’s host';

/** Permissions that the README's table does not explain, one sentence each. Whoever adds one says there what it is for. */
export function findPermissionFaults(manifest: Permitted, readme: string): string[] {
  const explained = explainedIn(readme);
  const { permissions = [], optional_permissions: optional = [] } = manifest;
  const faults = [...permissions, ...optional]
    .filter((name) => !explained.has(name))
    .map((name) => `The permission "${name}" is not explained in the README's table of permissions.`);
  const hosts = new Set([
    ...(manifest.host_permissions ?? []),
    ...(manifest.optional_host_permissions ?? []),
    ...(manifest.content_scripts ?? []).flatMap(({ matches = [] }) => matches),
  ]);
  // The page of invites, by host and path; its content script is on the same pages.
  const pages = [...hosts].filter((pattern) => isOnePage(pattern));
  if (hosts.size > 0 && !explained.has(HOST_ROW)) faults.push(`The README's table has no row "${HOST_ROW}".`);
  for (const pattern of hosts)
    if (!isOnePage(pattern)) faults.push(`"${pattern}" enters pages that Sideroom has no business on.`);
  if (new Set(pages.map((pattern) => pattern.split('/')[2])).size > 1)
    faults.push(`More than one host is entered: ${pages.join(', ')}.`);
  return faults;
}

/** What stands in the first cells of the table below "## Permissions": names in backticks, or the cell's words. */
function explainedIn(readme: string): ReadonlySet<string> {
  const section = /^## Permissions$(.*?)^## /ms.exec(readme)?.[1] ?? '';
  const cells = [...section.matchAll(/^\|([^|]+)\|\s*\S/gm)].map(([, cell = '']) => cell.trim().replaceAll("'", '’'));
  return new Set(cells.flatMap((cell) => [cell, ...[...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)]));
}

function isOnePage(pattern: string): boolean {
  return /^https?:\/\/[^*/]+\/[^*]+\*?$/.test(pattern);
}
