import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadSituations } from '../../../evals/load.ts';
import { describeSet } from '../../../evals/report-rules.ts';
import { type Moment, momentsOf, type Tag } from '../../../evals/set/situation.ts';

const situations = loadSituations();
const moments = situations.flatMap(momentsOf);
const count = (counts: (moment: Moment) => boolean) => moments.filter(counts).length;
const tagged = (...tags: Tag[]) => count(({ verdict }) => verdict.tags.some((tag) => tags.includes(tag)));

describe('[AI3] the labelled set', () => {
  test('has at least 210 moments of 20 situations, none of which is small', () => {
    expect(moments.length).toBeGreaterThanOrEqual(210);
    expect(situations.length).toBeGreaterThanOrEqual(20);
    for (const situation of situations) expect(momentsOf(situation).length, situation.name).toBeGreaterThanOrEqual(8);
  });

  test('is silent at 65 to 75 of 100', () => {
    const silent = count(({ verdict }) => verdict.action === 'silent') / moments.length;
    expect(silent).toBeGreaterThanOrEqual(0.65);
    expect(silent).toBeLessThanOrEqual(0.75);
  });

  test('addresses the AI at least 25 times, asks it for quiet and others by name at least 15 times', () => {
    expect(count(({ addressed, verdict }) => addressed && verdict.action === 'reply')).toBeGreaterThanOrEqual(25);
    expect(tagged('hush')).toBeGreaterThanOrEqual(15);
    expect(tagged('hush', 'hushed')).toBeGreaterThanOrEqual(15);
    expect(tagged('other')).toBeGreaterThanOrEqual(15);
  });

  test('answers and reacts to messages of people that were said already', () => {
    for (const { id, talk, place, verdict } of moments) {
      if (verdict.action === 'silent') expect(verdict.target, id).toBeNull();
      else {
        expect(verdict.target, id).toBeLessThanOrEqual(place);
        expect(talk.lines[verdict.target ?? -1]?.author, id).toEqual(expect.any(String));
      }
    }
  });

  test('has members for authors, and every member of a situation speaks in it', () => {
    for (const { name, talks } of situations) {
      const speakers = new Set(talks.flatMap(({ lines }) => lines.map(({ author }) => author)));
      for (const { username } of talks.flatMap(({ members }) => members))
        expect(speakers, `${username} in ${name}`).toContain(username);
    }
  });

  test('tells why at every reply that is meant for an earlier message', () => {
    const unexplained = moments.filter(
      ({ verdict, place }) => verdict.action === 'reply' && verdict.target !== place && verdict.why === '',
    );
    expect(unexplained.map(({ id }) => id)).toEqual([]);
  });

  test('hardly says anything twice', () => {
    const texts = moments.map(({ text }) => text.toLowerCase());
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.97);
  });

  test('is the one that the results are of', () => {
    const results = readFileSync(new URL('../../../evals/RESULTS.md', import.meta.url), 'utf8');
    expect(results, 'npm run eval:turns writes them anew').toContain(describeSet(moments));
  });
});
