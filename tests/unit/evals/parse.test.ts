import { describe, expect, test } from 'vitest';
import { parseSituation } from '../../../evals/set/parse.ts';
import { momentsOf } from '../../../evals/set/situation.ts';

const HEAD = '# Trip\npeople: ana (Ana Lima), ben (Ben), cleo (Cleo)\n\n## Alps\n';
const parse = (lines: string) => parseSituation('trip', HEAD + lines);

describe('a situation', () => {
  test('is read with its people, talks, answers, pauses and verdicts', () => {
    const { title, talks } = parse(
      [
        'ana #q: who knows when',
        '  | the bus goes?',
        '  > reply open to all',
        'ben: brb',
        '  > reply #q [hushed, other] still open, Cleo',
        'ai ^q: At 17:10.',
        '~ 45 minutes',
        'cleo ^q: Ben?',
        '  > silent [other]',
        '',
        '## Sea [cleo, ana]',
        'cleo: hi',
        '  > silent',
      ]
        .join('\n')
        .replace('ben: brb', 'ben: brb, Cleo'),
    );
    expect(title).toBe('Trip');
    expect(talks.map(({ members }) => members.map(({ name }) => name))).toEqual([
      ['Ana Lima', 'Ben', 'Cleo'],
      ['Cleo', 'Ana Lima'],
    ]);
    const silent = { action: 'silent', target: null, tags: ['other'], why: '' };
    expect(talks[0]?.lines).toEqual([
      {
        ...{ author: 'ana', text: 'who knows when\nthe bus goes?', replyTo: null, minutesBefore: 0 },
        verdict: { action: 'reply', target: 0, tags: [], why: 'open to all' },
      },
      {
        ...{ author: 'ben', text: 'brb, Cleo', replyTo: null, minutesBefore: 0 },
        verdict: { action: 'reply', target: 0, tags: ['hushed', 'other'], why: 'still open, Cleo' },
      },
      { author: null, text: 'At 17:10.', replyTo: 0, minutesBefore: 0, verdict: null },
      { author: 'cleo', text: 'Ben?', replyTo: 0, minutesBefore: 45, verdict: silent },
    ]);
  });

  test('has a moment for each verdict, which knows whether the AI is addressed', () => {
    const situation = parse(
      'ana: hi\nben: @AI hi\n  > reply\nai #a: Hi.\ncleo ^a: and I?\n  > reply\nana: mail me@ai.org\n  > silent',
    );
    expect(momentsOf(situation).map(({ id, place, addressed }) => [id, place, addressed])).toEqual([
      ['trip/1:2', 1, true],
      ['trip/1:4', 3, true],
      ['trip/1:5', 4, false],
    ]);
  });
});

describe('a broken situation is refused with a sentence', () => {
  test.each([
    ['dan: hi\n  > silent', 'trip:5: dan is not in the talk “Alps”.'],
    ['ana: hi\n  > speak', 'trip:6: “speak” is not reply, react or silent.'],
    ['ana ^x: hi', 'trip:5: no earlier message of this talk is called #x.'],
    ['ana: hi\n  > reply #x', 'trip:6: no earlier message of this talk is called #x.'],
    ['ai #x: hi\nana: so\n  > reply #x', 'trip:7: #x is the AI’s own message.'],
    ['ana #x: hi\nben #x: hi', 'trip:6: two messages are called #x.'],
    ['ana #x: hi\n  > silent #x', 'trip:6: whoever is silent answers no message.'],
    ['ana: hi\n  > silent\n  > react', 'trip:7: there are two verdicts on one message.'],
    ['ai: hi\n  > silent', 'trip:6: what to do is decided after a person’s message, not after the AI’s own.'],
    ['ana: hi\n  > silent [loud]', 'trip:6: “loud” is no tag; there are hush, hushed, other.'],
    [
      'ana: hi, Ana here\n  > silent [other]',
      'trip:6: the message is said to be for somebody by name, and names nobody else.',
    ],
    ['  > silent', 'trip:5: there is no message yet that this could belong to.'],
    ['ana: hi', 'trip:5: nothing is to be decided in the talk “Alps”.'],
    ['ana: hi\n  > silent\n~ 5 minutes', 'trip:7: nothing follows the pause.'],
    ['ana hi', 'trip:5: “ana hi” is neither a message, a verdict nor a heading.'],
    ['## Sea [ana, dan]', 'trip:5: nothing is to be decided in the talk “Alps”.'],
  ])('%j', (lines, sentence) => {
    expect(() => parse(lines)).toThrow(new Error(sentence));
  });

  test.each([
    ['ana: hi', 'trip:1: no talk has begun: one begins with “## …”.'],
    ['## Alps', 'trip:1: a group has at least two people.'],
    ['# Trip', 'trip:1: there is no talk: one begins with “## …”.'],
    ['people: ana (Ana), ana (Anna)', 'trip:1: somebody is listed twice.'],
    ['people: Ana', 'trip:1: “Ana” is no person: write “username (Name)”.'],
    ['people: ana (Ana), ben (Ben)\n## Sea [ana, dan]', 'trip:2: dan is not among the people of this situation.'],
    ['people: ana (Ana), ben (Ben)\n## Sea\nana: hi\n  > silent', 'trip:4: a situation begins with its title, “# …”.'],
  ])('%j', (source, sentence) => {
    expect(() => parseSituation('trip', source)).toThrow(new Error(sentence));
  });
});
