import * as v from 'valibot';
import type { Family, GuardianCode, Relative } from '../../model/family.ts';
import { withName } from './people.ts';
import { camelKeys, id, type Row, time } from './rows.ts';

const relative = { id, display_name: v.string(), username: v.string() };

/** What `my_guardianships` returns. */
export const familyRow: Row<Family> = v.object({
  minor: v.boolean(),
  links: v.array(
    v.pipe(
      v.object({ role: v.picklist(['guardian', 'minor']), groups_off: v.boolean(), created_at: time, ...relative }),
      v.transform(withName),
    ),
  ),
});

export const guardianCodeRow: Row<GuardianCode> = v.pipe(
  v.object({ code: v.string(), expires_at: time }),
  v.transform(camelKeys),
);

/** What became of a code that was tried. */
export type Tried =
  | { readonly kind: 'open'; readonly guardian: Relative }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'limited'; readonly retry_after: number };

export const triedRow: Row<Tried> = v.variant('kind', [
  v.object({ kind: v.literal('open'), guardian: v.pipe(v.object(relative), v.transform(withName)) }),
  v.object({ kind: v.literal('wrong') }),
  v.object({ kind: v.literal('limited'), retry_after: v.number() }),
]);
