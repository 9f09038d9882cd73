import type { Suite } from './findings.ts';
import { tellAttacks, tellExposures, tellMatrix, tellMutants, tellNames } from './words.ts';

/** The parts of `npm run security` that are tests; all of them run in `npm test` as well. */
export const SUITES: Readonly<Record<string, Suite>> = {
  matrix: {
    projects: ['database', 'contract'],
    files: ['tests/database/access-', 'tests/contract/access', 'tests/database/realtime-forgery'],
    tell: tellMatrix,
    preview: 20,
  },
  mutants: {
    projects: ['database'],
    files: ['tests/database/access-policies', 'tests/database/mutated-'],
    tell: tellMutants,
    preview: 12,
  },
  payloads: {
    projects: ['gallery', 'e2e'],
    files: ['tests/gallery/stalling', 'tests/e2e/hostile'],
    tell: tellExposures,
    preview: 40,
  },
  attacks: { projects: ['gallery'], files: ['tests/gallery/attacks'], tell: tellAttacks, preview: 8 },
  pages: {
    projects: ['e2e'],
    files: ['tests/e2e/odd-pages', 'tests/e2e/covered', 'tests/e2e/overlay', 'tests/e2e/policy', 'tests/e2e/tokens'],
    tell: tellNames('Pages against the panel, and its own policy'),
    preview: 60,
  },
};
