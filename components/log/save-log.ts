import type { HubClient } from '../../lib/hub/panel-client.ts';
import type { ChatSummary, Person } from '../../lib/model/chat.ts';
import { LOG_FORMAT, LOG_PAGE, type LogLine, writeLog } from '../../lib/model/chat-log.ts';

/** The whole log of a chat as a file to be verified later. Empty when there is none. */
export async function exportLog(
  client: Pick<HubClient, 'request'>,
  chat: Pick<ChatSummary, 'id' | 'title'>,
  people: Readonly<Record<string, Person>>,
  now: Date,
): Promise<string> {
  const rows: LogLine[] = [];
  for (let before: number | null = null; ; ) {
    const page: readonly LogLine[] = await client.request('readLog', { chatId: chat.id, before });
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < LOG_PAGE) break;
    before = last.number;
  }
  const [head] = rows;
  if (head === undefined) return '';
  const ids = new Set(rows.flatMap(({ actor_id, subject_id }) => [actor_id ?? '', subject_id ?? '']));
  const header = {
    format: LOG_FORMAT,
    chat_id: chat.id,
    title: chat.title,
    exported_at: now.toISOString(),
    head: { number: head.number, hash: head.hash },
    people: Object.fromEntries(
      [...ids].flatMap((id) => (people[id] === undefined ? [] : [[id, people[id].displayName]])),
    ),
  } as const;
  return writeLog(header, rows.toReversed());
}
