import { describe, expect, test } from 'vitest';
import { LOG_FORMAT, type LogLine, writeLog } from '../../lib/model/chat-log.ts';
import { sealOf } from '../../scripts/verify-log/seal.ts';
import { verifyLog } from '../../scripts/verify-log/verify.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { createCrowd, createGroup, createSolo, invite, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const rename = (who: TestPerson, chat: string, title: string) =>
  as(sql, person(who.id), (tx) => tx`select public.rename_chat(${chat}, ${title})`);

/** The whole log as a member reads it, oldest first. */
async function logOf(who: TestPerson, chat: string): Promise<LogLine[]> {
  const rows = await as(
    sql,
    person(who.id),
    (tx) => tx<{ line: LogLine }[]>`select public.chat_log(${chat}, null, 500) as line`,
  );
  return rows.map(({ line }) => line).toReversed();
}

function exported(rows: readonly LogLine[], head = rows.at(-1)): string {
  const header = {
    format: LOG_FORMAT,
    chat_id: rows[0]?.chat_id ?? '',
    title: 'Test',
    exported_at: '',
    people: {},
  } as const;
  return writeLog({ ...header, head: { number: head?.number ?? 0, hash: head?.hash ?? '' } }, rows);
}

/** A group in which something was done. */
async function busyGroup(): Promise<{ chat: string; rows: LogLine[] }> {
  const chat = await createGroup(sql, ana, [ben]);
  await rename(ben, chat, 'Sunday "hike" \\ \u00fc\u{1f97e}\u2028');
  await as(sql, person(ana.id), (tx) => tx`select public.set_instructions(${chat}, ${'Be brief.\n\tAlways.\u0001'})`);
  await invite(sql, ana, chat, { maxUses: 5 });
  await removeMember(sql, ana, chat, ben);
  return { chat, rows: await logOf(ana, chat) };
}

describe('[SAFE7] the log of a chat', () => {
  test('each row is sealed with the one before, in a form that another program computes as well', async () => {
    const { rows } = await busyGroup();
    expect(rows.map(({ type }) => type)).toEqual([
      'created',
      'invite_created',
      'joined',
      'renamed',
      'instructions',
      'invite_created',
      'removed',
    ]);
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(rows.map((row) => sealOf({ ...row }))).toEqual(rows.map(({ hash }) => hash));
    expect(rows.map(({ previous }) => previous)).toEqual([
      '0'.repeat(64),
      ...rows.slice(0, -1).map(({ hash }) => hash),
    ]);
    expect(verifyLog(exported(rows))).toMatchObject({ faults: [], rows: 7 });
  });

  test('many who write at once make one line of rows', async () => {
    const { chat, members } = await createCrowd(sql, 6);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const who = members[index % members.length] as TestPerson;
        return index % 3 === 0 ? invite(sql, who, chat) : rename(who, chat, `Name ${index}`);
      }),
    );
    const rows = await logOf(members[0] as TestPerson, chat);
    expect(rows.length).toBeGreaterThanOrEqual(66);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
    expect(verifyLog(exported(rows)).faults).toEqual([]);
    expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted());
  });

  test('nobody changes a row or takes one out, not even who owns the table', async () => {
    const { chat } = await busyGroup();
    const tries = [
      `update public.audit_events set type = 'other' where chat_id = '${chat}'`,
      `update public.audit_events set hash = previous where chat_id = '${chat}'`,
      `delete from public.audit_events where chat_id = '${chat}' and number = 3`,
      'truncate public.audit_events',
    ];
    for (const statement of tries) {
      expect(await refusal(as(sql, person(ana.id), (tx) => tx.unsafe(statement))), statement).toBe('42501');
      expect(await refusal(as(sql, SERVICE, (tx) => tx.unsafe(statement))), statement).toBe('42501');
      expect(await refusal(sql.begin((tx) => tx.unsafe(`set local role postgres; ${statement}`))), statement).toBe(
        'SR070',
      );
    }
    expect(verifyLog(exported(await logOf(ana, chat))).faults).toEqual([]);
  });

  test('goes with its chat, and only with it', async () => {
    const solo = await createSolo(sql, ana);
    await say(sql, ana, solo, 'hello');
    await as(sql, person(ana.id), (tx) => tx`select public.clear_chat(${solo})`);
    expect(await sql`select from public.audit_events where chat_id = ${solo}`).toHaveLength(1);
    await sql`update public.chats set closed_at = now() - interval '31 days' where id = ${solo}`;
    await as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
    expect(await sql`select from public.audit_events where chat_id = ${solo}`).toHaveLength(0);
  });

  test('is read by members alone, a page at a time', async () => {
    const { chat, rows } = await busyGroup();
    expect(await logOf(ben, chat)).toEqual([]);
    const page = await as(
      sql,
      person(ana.id),
      (tx) => tx<{ line: LogLine }[]>`select public.chat_log(${chat}, 6, 2) as line`,
    );
    expect(page.map(({ line }) => line)).toEqual([rows[4], rows[3]]);
  });
});

describe('[SAFE7] an export that was tampered with', async () => {
  const { rows } = await busyGroup();
  const [one, two, three, four, five, six, seven] = rows as [
    LogLine,
    LogLine,
    LogLine,
    LogLine,
    LogLine,
    LogLine,
    LogLine,
  ];
  const foreign = (await busyGroup()).rows[2] as LogLine;
  const forged = { ...four, details: { before: 'Test group', after: 'Monday' } };
  const resealed = { ...forged, hash: sealOf({ ...forged }) };

  /** Every row after a forged one sealed anew. */
  function sealAnew(list: readonly LogLine[]): LogLine[] {
    const made: LogLine[] = [];
    for (const row of list) {
      const next = { ...row, number: made.length + 1, previous: made.at(-1)?.hash ?? '0'.repeat(64) };
      made.push({ ...next, hash: sealOf({ ...next }) });
    }
    return made;
  }

  test.for<[string, string, string[]]>([
    ['edited', exported([one, two, three, forged, five, six, seven]), ['Row 4 was edited: its seal does not fit.']],
    [
      'edited and sealed anew',
      exported([one, two, three, resealed, five, six, seven]),
      ['Row 5 does not follow row 4: one of the two was replaced.'],
    ],
    ['without a row', exported([one, two, four, five, six, seven]), ['Row 3 is missing.']],
    ['without its beginning', exported([three, four, five, six, seven]), ['Rows 1 to 2 are missing.']],
    [
      'in another order',
      exported([one, two, four, three, five, six, seven], seven),
      ['Row 3 stands after row 4: the order was changed.'],
    ],
    [
      'with a row twice',
      exported([one, two, two, three, four, five, six, seven]),
      ['Row 2 stands after row 2: the order was changed.'],
    ],
    ['cut off', exported([one, two, three, four, five], seven), ['Rows 6 to 7 are cut off: the log went on to 7.']],
    ['cut off to nothing', exported([], seven), ['Rows 1 to 7 are cut off: the log went on to 7.']],
    ['with a line that is none', `${exported(rows)}nonsense\n`, ['Line 9 is not a row of a log.']],
    [
      'of another chat',
      exported(rows).replace(one.chat_id, ana.id),
      rows.map(({ number }) => `Row ${number} is of another chat.`),
    ],
    [
      'with a row of another chat in it',
      exported([one, two, foreign, four, five, six, seven]),
      [
        'Row 3 is of another chat.',
        'Row 3 does not follow row 2: one of the two was replaced.',
        'Row 4 does not follow row 3: one of the two was replaced.',
      ],
    ],
    [
      'whose head names an earlier seal',
      exported(rows, { ...seven, hash: three.hash }),
      ['The last row has not the seal that the file begins with.'],
    ],
    [
      'whose head has an earlier number',
      exported(rows, { ...seven, number: 5 }),
      ['The log ended with row 5 when this was exported, and goes on here.'],
    ],
    [
      'with more in a row, under a name that programs overlook',
      exported(rows).replace('"type":"renamed"', '"constructor":"Eve","type":"renamed"'),
      ['Row 4 was edited: its seal does not fit.'],
    ],
    [
      'with a prototype in a row',
      exported(rows).replace('"type":"renamed"', '"__proto__":{"by":"Eve"},"type":"renamed"'),
      ['Row 4 was edited: its seal does not fit.'],
    ],
    [
      'with something said twice, of which the last is true',
      exported(rows).replace('"type":"renamed"', '"type":"removed","type":"renamed"'),
      ['Line 5 says something twice.', 'Row 4 is missing.'],
    ],
    ['no log at all', 'hello', ['This is not the log of a chat.']],
  ])('%s', ([, text, faults]) => {
    expect(verifyLog(text).faults).toEqual(faults);
  });

  test('made anew as a whole, or cut off together with its head, is found by the seal that a member knows', () => {
    const shorter = exported([one, two, three, four, five]);
    const anew = exported(sealAnew([one, two, three, forged, five, six, seven]));
    for (const text of [shorter, anew]) {
      expect(verifyLog(text).faults).toEqual([]);
      expect(verifyLog(text, seven.hash.slice(0, 16)).faults).toEqual([
        `No row has the seal ${seven.hash.slice(0, 16)}: the log went on, or was another one.`,
      ]);
    }
    expect(verifyLog(exported(rows), seven.hash).faults).toEqual([]);
    // An earlier seal is a part of what came later.
    expect(verifyLog(exported(rows), `${five.hash.slice(0, 4)} ${five.hash.slice(4, 8)}`).faults).toEqual([]);
  });

  test('is told from one that is only written otherwise: line ends, spaces, a mark before it, escapes, order of names', () => {
    const text = exported(rows);
    const others = [
      text.replaceAll('\n', '\r\n'),
      `\ufeff${text}`,
      text.replaceAll('","', '" , "'),
      text.replaceAll('ü', '\\u00fc'),
      `${text.trimEnd()}`,
      text
        .split('\n')
        .map((line) =>
          line === '' ? '' : JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse())),
        )
        .join('\n\n'),
    ];
    for (const other of others) expect(verifyLog(other, seven.hash)).toMatchObject({ faults: [], rows: 7 });
    expect(verifyLog(Buffer.from(text, 'utf16le').toString('utf8')).faults).toEqual(['This is not the log of a chat.']);
  });

  test('every single change of a character is noticed', () => {
    const text = exported(rows);
    const begin = text.indexOf('\n') + 1;
    const missed: number[] = [];
    for (let at = begin; at < text.length; at += 7) {
      const other = text[at] === 'x' ? 'y' : 'x';
      if (verifyLog(text.slice(0, at) + other + text.slice(at + 1)).faults.length === 0) missed.push(at);
    }
    expect(tally(missed.map(String))).toEqual({});
  });
});
