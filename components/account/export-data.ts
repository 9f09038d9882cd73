import type { HubClient } from '../../lib/hub/panel-client.ts';
import { DATA_PARTS } from '../../lib/model/account.ts';

/**
 * Everything about a person as the pieces of one JSON text. A page at a time is held and handed on, so that a long life fits as well.
 * `onPart` hears how many parts are done.
 */
export async function exportData(
  client: Pick<HubClient, 'request'>,
  about: { readonly email: string; readonly exportedAt: string },
  onPart: (done: number) => void,
): Promise<string[]> {
  const pieces = [`{"exported_at":${JSON.stringify(about.exportedAt)},"email":${JSON.stringify(about.email)}`];
  for (const [index, part] of DATA_PARTS.entries()) {
    let separator = '';
    pieces.push(`,\n"${part}":[`);
    for (let after: string | null = null; ; ) {
      const page: { rows: readonly unknown[]; next: string | null } = await client.request('readMyData', {
        part,
        after,
      });
      for (const row of page.rows) {
        pieces.push(`${separator}\n${JSON.stringify(row)}`);
        separator = ',';
      }
      if (page.next === null) break;
      after = page.next;
    }
    pieces.push(']');
    onPart(index + 1);
  }
  return [...pieces, '\n}\n'];
}
