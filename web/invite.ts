/** The token of an invite in the address (`#invite:<token>`), or null. It is taken out of the address once it was read. */
export function takeInvite(window: Pick<Window, 'location' | 'history'>): string | null {
  const [, token] = /^#invite:([A-Za-z0-9_-]{22,64})$/.exec(window.location.hash) ?? [];
  if (token === undefined) return null;
  window.history.replaceState(null, '', window.location.pathname);
  return token;
}
