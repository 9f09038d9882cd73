import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createPageReader } from '../../lib/page/page-reader.ts';
import type { PageReader } from '../../lib/page/reader-questions.ts';

/** Injected where the person first asks something of a page; the questions come through the isolated world that it stays in. */
const world = globalThis as typeof globalThis & { sideroomReader?: PageReader };

export default defineUnlistedScript(() => {
  world.sideroomReader = createPageReader(window);
});
