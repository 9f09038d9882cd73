import { describe, expect, test } from 'vitest';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { failure } from '../../lib/model/failure.ts';
import { encodeBinaryBroadcast } from '../../supabase/local/realtime/binary-frames.ts';
import type { Book } from './book.ts';
import type { Holding } from './holding.ts';
import { judge, judgeLog } from './invariants.ts';
import { ANA, accept, entry, type MadeUp, makeUp, makeUpRemoved, message, NOON } from './made-up.ts';
import { disorderOf, wordingKey } from './memory.ts';
import { type Accepted, judgeAccepted, judgeChanged } from './promises.ts';
import { changeOf, judgeWire, readBroadcast } from './wire.ts';

type Change = (world: MadeUp) => Partial<MadeUp>;
type Case = readonly [name: string, change: Change, fault: RegExp];

const ofBook =
  (more: Partial<Book>): Change =>
  ({ book }) => ({ book: { ...book, ...more } });
const ofStore =
  (more: Partial<Holding['stored']>): Change =>
  ({ holding }) => ({ holding: { ...holding, stored: { ...holding.stored, ...more } } });
const ofChat =
  (more: Partial<NonNullable<Holding['stored']['chat']>>, stored: Partial<Holding['stored']> = {}): Change =>
  (world) => {
    const chat = world.holding.stored.chat;
    return chat === undefined ? {} : ofStore({ chat: { ...chat, ...more }, ...stored })(world);
  };
const ofMemory =
  (more: Partial<Holding['memory']>): Change =>
  ({ holding }) => ({ holding: { ...holding, memory: { ...holding.memory, ...more } } });
const ofView =
  (more: Partial<ChatView>): Change =>
  ({ holding }) => ({ holding: { ...holding, view: holding.view && { ...holding.view, ...more } } });

function judged({ book, holding, truth, accepted }: MadeUp): string[] {
  return [...judgeLog(book), ...judge(book, holding, truth), ...judgeAccepted(accepted, book, holding, truth)];
}

/** Seqs 1 and 2 as they are, and a third message that is not as the server has it. */
const other = (more: Parameters<typeof message>[1]) => [message(1), message(2), message(3, more)];
const file = { id: 'f', name: 'f', contentType: 'a/b', size: 1, width: null, height: null, hasThumbnail: false };

test('where all is well there is nothing to say', () => {
  expect(judged(makeUp())).toEqual([]);
  expect(judged({ ...makeUpRemoved(), accepted: [] })).toEqual([]);
});

describe('the log', () => {
  test.each<Case>([
    ['a hole', ofBook({ log: [1, 3], lastSeq: 3 }), /the log has 3 at place 2/],
    ['a double', ofBook({ log: [1, 2, 2, 3] }), /the log has 2 at place 3/],
    ['an end that the chat does not count', ofBook({ log: [1, 2] }), /2 changes, the chat counts 3/],
  ])('%s is told', expectFault(makeUp));
});

describe("a member's store", () => {
  test.each<Case>([
    ['without the chat', ofStore({ chat: undefined }), /the store does not know it/],
    ['that is empty', ofStore({ messages: [] }), /the store: lacks 3: 1,2,3/],
    ['that lacks the last', ofStore({ messages: [message(1), message(2)] }), /the store: lacks 1: 3/],
    ['that lacks one in between', ofStore({ messages: [message(1), message(3)] }), /the store: lacks 1: 2/],
    [
      'that says to begin at the end',
      ofChat({ floor: 4 }, { messages: [] }),
      /begins at 4, and the chat was read from 1/,
    ],
    ['with more than its floor says', ofChat({ floor: 2 }), /the store: has too many 1: 1/],
    ['with a message of nobody', ofStore({ messages: [...other({}), message(4)] }), /the store: has too many 1: 4/],
    ['that is behind', ofChat({ cursor: 2 }), /the store is at 2, the server at 3/],
    ['with other words', ofStore({ messages: other({ body: 'old' }) }), /the store: seq 3: body is "old"/],
    [
      'with a deleted message',
      ofStore({ messages: other({ deletedAt: 'now' }) }),
      /the store: seq 3: deletedAt is "now"/,
    ],
    [
      'with an edited message',
      ofStore({ messages: other({ editedAt: 'now' }) }),
      /the store: seq 3: editedAt is "now"/,
    ],
    [
      'with a reaction more',
      ofStore({ messages: other({ reactions: [{ emoji: '👍', userIds: [ANA] }] }) }),
      /the store: seq 3: reactions/,
    ],
    ['with a file more', ofStore({ messages: other({ attachments: [file] }) }), /the store: seq 3: attachments/],
    ['with other members', ofStore({ memberIds: ['ana'] }), /the store has other members/],
    [
      'that keeps a file that was sent',
      (world) => ({ ...ofBook({ sentFiles: new Set(['f']) })(world), ...ofStore({ uploads: ['f'] })(world) }),
      /the file f was sent and still waits/,
    ],
  ])('%s is told', expectFault(makeUp));

  test('may be empty where its floor says so and nothing is there to be read', () => {
    const { book, holding, truth } = makeUp();
    const chat = { ...holding.stored.chat!, floor: 4 };
    const world = {
      ...holding,
      stored: { ...holding.stored, chat, messages: [] },
      view: { ...holding.view!, messages: [] },
    };
    expect(judge(book, world, { ...truth, messages: [] })).toEqual([]);
  });
});

describe("a member's panel", () => {
  test.each<Case>([
    ['that shows nothing', ({ holding }) => ({ holding: { ...holding, view: null } }), /shows nothing of the chat/],
    ['in another order', ofView({ messages: [message(2), message(1), message(3)] }), /the panel: seq 1 after 2/],
    ['with a double', ofView({ messages: [...other({}), message(3)] }), /the panel: seq 3 after 3/],
    ['with a hole', ofView({ messages: [message(1), message(3)] }), /the panel: lacks 1: 2/],
    ['with a hole after its beginning', ofView({ messages: [message(1), message(3)], hasOlder: true }), /lacks 1: 2/],
    ['that ends too early', ofView({ messages: [message(1), message(2)] }), /the panel: lacks 1: 3/],
    ['that begins too late', ofView({ messages: [message(2), message(3)] }), /the panel: lacks 1: 1/],
    [
      'that shows nothing of what there is',
      ofView({ messages: [], hasOlder: true }),
      /the panel shows 0 messages of 3/,
    ],
    ['that is further up', ofView({ hasNewer: true }), /not come to the end/],
    ['with other words', ofView({ messages: other({ body: 'old' }) }), /the panel: seq 3: body/],
    [
      'with the reaction of one who took it back',
      ofView({ messages: other({ reactions: [{ emoji: '👍', userIds: [ANA] }] }) }),
      /the panel: seq 3: reactions/,
    ],
    ['in which a message waits', ofView({ outbox: [entry('x', { name: 'pending', attempts: 9 })] }), /1 messages wait/],
    ['with other members', ofView({ members: [] }), /the panel has other members/],
    ['with a stranger who writes', ofView({ presence: { cleo: 'typing' } }), /shows somebody as writing/],
    [
      'with a sent file in the composer',
      (world) => ({
        ...ofBook({ sentFiles: new Set(['f']) })(world),
        ...ofView({ files: [{ ...file, state: { name: 'ready' } }] })(world),
      }),
      /a file that was sent stands in the composer/,
    ],
  ])('%s is told', expectFault(makeUp));

  test('may begin later when it says so, with a page at least', () => {
    const { book, holding, truth } = makeUp();
    const messages = Array.from({ length: 60 }, (_, index) => message(index + 1));
    const chat = { ...holding.stored.chat!, cursor: book.lastSeq, floor: 0 };
    const judgedFrom = (first: number) => {
      const view = { ...holding.view!, messages: messages.slice(first), hasOlder: true };
      return judge(book, { ...holding, stored: { ...holding.stored, chat, messages }, view }, { ...truth, messages });
    };
    expect(judgedFrom(20)).toEqual([]);
    expect(judgedFrom(21)).toEqual(['the panel shows 39 messages of 60']);
  });

  test('[MSG3] is told at any moment in which it is out of order', () => {
    expect(disorderOf([1, 2, 4])).toEqual([]);
    expect(disorderOf([1, 4, 2])).toEqual(['seq 2 after 4']);
    expect(disorderOf([1, 1])).toEqual(['seq 1 after 1']);
  });
});

describe("a member's list", () => {
  test.each<Case>([
    [
      'without the chat',
      ({ holding }) => ({ holding: { ...holding, summary: undefined } }),
      /the list does not show it/,
    ],
    [
      'with a chat that is archived',
      ({ holding }) => ({ holding: { ...holding, summary: { ...holding.summary!, archived: true } } }),
      /the list: archived is true and not false/,
    ],
    [
      'with a chat that is not read',
      ({ holding }) => ({ holding: { ...holding, summary: { ...holding.summary!, lastReadSeq: 1 } } }),
      /the list: lastReadSeq is 1 and not 2/,
    ],
  ])('%s is told', expectFault(makeUp));
});

describe('[MEM4] somebody who went', () => {
  const kept = makeUp().holding;
  test.each<Case>([
    ['who saw what came after', ofMemory({ seqs: new Set([1, 3]) }), /removed at 2 and saw 3/],
    [
      'who saw later words of an old message',
      (world) => ({
        ...ofBook({ wordings: [{ messageId: 'm1', body: 'news', at: NOON + 3_000 }] })(world),
        ...ofMemory({ seqs: new Set([1]), wordings: new Set([wordingKey('m1', 'news')]) })(world),
      }),
      /saw later wordings of 1 messages/,
    ],
    ['who kept messages', ofStore({ messages: [message(1)] }), /the store kept messages/],
    ['who kept members', ofStore({ memberIds: ['ben'] }), /the store kept members/],
    ['who kept the chat', ofStore({ chat: kept.stored.chat }), /the store kept the chat/],
    ['who kept what was typed', ofStore({ outbox: [entry('x', { name: 'pending', attempts: 1 })] }), /kept outbox/],
    ['who kept files', ofStore({ uploads: ['f'] }), /the store kept files/],
    ['whose list shows it', ({ holding }) => ({ holding: { ...holding, summary: kept.summary } }), /the list shows/],
    [
      'whose panel shows it',
      ({ holding }) => ({ holding: { ...holding, view: kept.view } }),
      /the panel shows the chat/,
    ],
    ['who reads on', () => ({ truth: makeUp().truth }), /may read on/],
  ])(
    '%s is told',
    expectFault(() => ({ ...makeUpRemoved(), accepted: [] })),
  );
});

describe('[MSG2] an accepted message', () => {
  const lost =
    (more: Partial<Accepted> = {}): Change =>
    () => ({ accepted: [accept('x', 1_000, more)] });
  const waits =
    (state: Parameters<typeof entry>[1]): Change =>
    (world) => ({
      ...lost()(world),
      ...ofStore({ outbox: [entry('x', state)] })(world),
    });
  const pending = { name: 'pending', attempts: 1 } as const;
  test.each<Case>([
    ['that is nowhere', lost(), /the accepted message x is lost/],
    ['that waits for ever', waits(pending), /the message x is pending/],
    ['that failed without a reason', waits({ name: 'failed', failure: failure('not_member') }), /x failed: not_member/],
    ['that is there and waits', ofStore({ outbox: [entry('m1', pending)] }), /m1 is on the server and in the outbox/],
    ['with other words', () => ({ accepted: [accept('m1', 1, { body: 'mine' })] }), /m1 came with other words/],
    ['without its file', () => ({ accepted: [accept('m1', 1, { fileIds: ['f'] })] }), /m1 came with other files/],
    ['that overtook an earlier one', () => ({ accepted: [accept('m3', 1), accept('m1', 5)] }), /m1 overtook m3/],
  ])('%s is told', expectFault(makeUp));

  /** Ana was in until 2 s after noon, and came back at 10 s. */
  const returned = (): MadeUp => {
    const world = makeUp();
    const stays = [
      { from: NOON, to: NOON + 2_000 },
      { from: NOON + 10_000, to: null },
    ];
    return { ...world, ...ofBook({ stays: new Map([[ANA, stays]]) })(world) };
  };

  test.each<readonly [string, number, number | null, boolean]>([
    ['before its author went', 1_000, null, true],
    ['while its author was away', 5_000, null, true],
    ['when its author had only just come back', 11_000, null, true],
    ['long after its author came back', 20_000, null, false],
    ['before its author went, and gone only then', 1_000, 2_100, true],
    ['and gone before its author went', 1_000, 1_500, false],
  ])('accepted %s: at %i ms, gone at %s, may be lost: %s', (_, at, stopped, isExcused) => {
    const world = returned();
    const memory = ofMemory({ stopped: new Map(stopped === null ? [] : [['x', NOON + stopped]]) })(world);
    const faults = judged({ ...world, ...memory, accepted: [accept('x', at)] });
    expect(faults).toEqual(isExcused ? [] : ['the accepted message x is lost']);
  });

  test('may have failed around its going, and not later', () => {
    const world = returned();
    const outbox = [entry('x', { name: 'failed' as const, failure: failure('not_member') })];
    const failed = { ...world, ...ofStore({ outbox })(world) };
    expect(judged({ ...failed, accepted: [accept('x', 1_000)] })).toEqual([]);
    expect(judged({ ...failed, accepted: [accept('x', 20_000)] })).toEqual(['the message x failed: not_member']);
  });
});

test('[MEM4] what comes over the socket of somebody who went is told, until they are back', () => {
  const { book } = makeUpRemoved();
  const heard = (seq: number, at = NOON) => ({ chatId: book.chatId, seq, at });
  expect(judgeWire([heard(1), { ...heard(3), chatId: 'other' }], book, ANA)).toEqual([]);
  expect(judgeWire([heard(1), heard(2), heard(3)], book, ANA)).toEqual(['went at 2, and heard of 2,3']);
  const back = { ...book, absences: new Map([[ANA, [{ from: 2, to: 4, until: NOON + 9 }]]]) };
  expect(judgeWire([heard(3, NOON + 8)], back, ANA)).toEqual(['went at 2, and heard of 3']);
  expect(judgeWire([heard(3, NOON + 9), heard(4, NOON + 8)], back, ANA)).toEqual([]);
});

test('[MEM4] the changes of chats are recognised on the wire, and nothing else', () => {
  const frame = (topic: string, event: string, payload: unknown) =>
    encodeBinaryBroadcast(topic, {
      event,
      encoding: 'json',
      payload: Buffer.from(JSON.stringify(payload)),
      meta: { id: 'é' },
    });
  const read = (bytes: Buffer) => readBroadcast(bytes, true);
  const change = read(frame('realtime:chat:abc:7', 'change', { chat_id: 'abc', seq: 12 }));
  expect(change).toEqual({ topic: 'realtime:chat:abc:7', event: 'change', payload: { chat_id: 'abc', seq: 12 } });
  expect(change && changeOf(change)).toEqual({ chatId: 'abc', seq: 12 });
  expect(changeOf(read(frame('realtime:chat:abc:7', 'read', { seq: 12 }))!)).toBeNull();
  expect(changeOf(read(frame('realtime:user:abc', 'membership', { chat_id: 'abc' }))!)).toBeNull();
  expect(readBroadcast(Buffer.from('["1","2","realtime:chat:abc:7","phx_reply",{}]'), false)).toBeNull();
});

test('[MSG4] what was answered with yes is so', () => {
  const { book } = makeUp();
  const edit = { id: 'm1', chatId: book.chatId, body: 'new words' };
  expect(judgeChanged([edit], book)).toEqual(['an edit of m1 is lost']);
  expect(judgeChanged([{ ...edit, body: null }], book)).toEqual(['the message m1 was deleted and is there']);
  const wordings = [...book.wordings, { messageId: 'm1', body: 'new words', at: NOON }];
  expect(judgeChanged([edit], { ...book, wordings })).toEqual([]);
  expect(judgeChanged([edit, { ...edit, body: null }], { ...book, deleted: new Set(['m1']) })).toEqual([]);
});

function expectFault(make: () => MadeUp) {
  return (_: string, change: Change, fault: RegExp) => {
    const world = make();
    const faults = judged({ ...world, ...change(world) });
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n')).toMatch(fault);
  };
}
