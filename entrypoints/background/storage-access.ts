interface Area {
  setAccessLevel?(level: { readonly accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

/**
 * Keeps the extension's storage from its content scripts, as which a page that took over its renderer could speak. They need none
 * of it; tokens and chats lie in IndexedDB, which they never reached. Firefox has no such levels.
 */
export function keepStorageFromPages(): void {
  const { storage } =
    (globalThis as { chrome?: { storage?: Readonly<Record<'local' | 'session', Area>> } }).chrome ?? {};
  for (const area of [storage?.local, storage?.session])
    void area?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}
