import * as v from 'valibot';

const Line = v.union([
  v.object({ so_far: v.string() }),
  v.object({ name: v.nullable(v.string()), text: v.string() }),
  v.object({ from: v.literal('ai'), text: v.string() }),
]);

const LONGEST_QUOTE = 100;
const LONGEST_NOTES = 2_000;

/** By rules: the notes so far, and the beginning of each message; the oldest go when there are too many. */
export function takeNotes(talk: string): string {
  const notes = talk.split('\n').flatMap((text) => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Line), text);
    if (!parsed.success) return [];
    const line = parsed.output;
    if ('so_far' in line) return [line.so_far];
    const name = 'from' in line ? 'The AI' : (line.name ?? 'Somebody');
    return [`${name}: ${line.text.replace(/\s+/g, ' ').slice(0, LONGEST_QUOTE)}`];
  });
  return JSON.stringify({ summary: notes.join('\n').slice(-LONGEST_NOTES) });
}
