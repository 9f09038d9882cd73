import * as v from 'valibot';
import type { Scope } from './database.ts';

export const ListRequest = v.object({
  prefix: v.optional(v.string(), ''),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 100),
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  search: v.optional(v.string(), ''),
  sortBy: v.optional(
    v.object({
      column: v.optional(v.picklist(['name', 'updated_at', 'created_at', 'last_accessed_at']), 'name'),
      order: v.optional(v.picklist(['asc', 'desc']), 'asc'),
    }),
    {},
  ),
});

/** A file directly below the prefix, or, with every other field null, a folder there. Names are relative to the prefix. */
export interface ListEntry {
  readonly name: string;
  readonly id: string | null;
  readonly updated_at: Date | null;
  readonly created_at: Date | null;
  readonly last_accessed_at: Date | null;
  readonly metadata: unknown;
}

/** What the caller may see directly below a prefix: folders first, then files. */
export async function listObjects(
  scope: Scope,
  bucket: string,
  request: v.InferOutput<typeof ListRequest>,
): Promise<readonly ListEntry[]> {
  const { limit, offset, search, sortBy } = request;
  const prefix = request.prefix === '' || request.prefix.endsWith('/') ? request.prefix : `${request.prefix}/`;
  // Both come from a fixed list: safe to stand in the text of the query.
  const order = `${sortBy.column} ${sortBy.order}`;
  const result = await scope.query<ListEntry>(
    `with visible as (
       select substr(o.name, char_length($2) + 1) as rest, o.* from storage.objects o
       where o.bucket_id = $1 and starts_with(o.name, $2)
     ), entries as (
       select split_part(rest, '/', 1) as name, null::uuid as id, null::timestamptz as updated_at, null::timestamptz as created_at,
         null::timestamptz as last_accessed_at, null::jsonb as metadata
       from visible where strpos(rest, '/') > 0 group by 1
       union all
       select rest, id, updated_at, created_at, last_accessed_at, metadata from visible where strpos(rest, '/') = 0 and rest <> ''
     )
     select * from entries where starts_with(lower(name), lower($3))
     order by id is not null, ${order} nulls first, name ${sortBy.order} limit $4 offset $5`,
    [bucket, prefix, search, limit, offset],
  );
  return result.rows;
}
