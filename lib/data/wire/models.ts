import * as v from 'valibot';
import type { Likeness, ModelChoice } from '../../model/chat.ts';
import type { Row } from './rows.ts';

const SLOTS = ['small', 'standard', 'large'] as const;

export const modelSlot = v.picklist(SLOTS);

/** What `my_models` says, from small to large. */
export const modelChoiceRow: Row<ModelChoice> = v.pipe(
  v.object({
    may_pin: v.boolean(),
    pinned: v.nullable(v.fallback(v.nullable(modelSlot), null)),
    models: v.record(v.string(), v.string()),
  }),
  v.transform(({ may_pin, pinned, models }) => ({
    mayPin: may_pin,
    pinned,
    models: SLOTS.flatMap((slot) => {
      const name = models[slot];
      return name === undefined ? [] : [{ slot, name }];
    }),
  })),
);

/** What `my_likeness` says. */
export const likenessRow: Row<Likeness> = v.object({ allowed: v.boolean(), offered: v.boolean() });
