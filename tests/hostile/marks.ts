/** What hostile texts try: to set this global, and to fetch from this host. Tests look for both. */
export const RUN = 'globalThis.wasRun=1';
export const BEACON = 'https://beacon.example/hit';
