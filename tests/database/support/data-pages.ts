import type { Sql } from 'postgres';
import { as, person } from './actors.ts';
import type { TestPerson } from './people.ts';

/** A page of what somebody downloads of themselves. */
interface DataPage {
  readonly rows: Record<string, unknown>[];
  readonly next: string | null;
}

/** Asks one of the functions that give such pages. */
export function dataPages(sql: Sql, name: 'my_data' | 'my_left_data' | 'my_more_data') {
  async function pageOf(who: TestPerson, part: string, after: string | null = null, limit = 200): Promise<DataPage> {
    const [row] = await as(
      sql,
      person(who.id),
      (tx) => tx<{ page: DataPage }[]>`select public.${tx(name)}(${part}, ${after}, ${limit}) as page`,
    );
    if (row === undefined) throw new Error(`${name} gave no row`);
    return row.page;
  }

  async function all(who: TestPerson, part: string, limit = 2): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    for (let next: string | null = null; ; ) {
      const page = await pageOf(who, part, next, limit);
      rows.push(...page.rows);
      if (page.next === null) return rows;
      next = page.next;
    }
  }

  return { pageOf, all };
}
