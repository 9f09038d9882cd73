/** Characters of the surroundings that are looked for (fewer say nothing), and how far from where an edited passage seems to end. */
const MARK = 16;
const LEAST = 6;
const REACH = 60;

interface Surroundings {
  readonly prefix: string;
  readonly suffix: string;
}

/** Where an edited passage ends: at its old surroundings where they stand nearby, else between words. */
export function snapToSurroundings(page: string, start: number, end: number, around: Surroundings): [number, number] {
  const mark = around.suffix.slice(0, MARK);
  const after =
    mark.length < LEAST ? -1 : page.slice(0, end + REACH + MARK).indexOf(mark, Math.max(start + 1, end - REACH));
  const lead = around.prefix.slice(-MARK);
  const before = lead.length < LEAST ? -1 : page.slice(0, Math.min(end, start + REACH)).lastIndexOf(lead);
  const isNear = before >= 0 && before + lead.length >= start - REACH;
  return [isNear ? before + lead.length : wordStart(page, start), after >= 0 ? after : wordEnd(page, end)];
}

function wordStart(page: string, at: number): number {
  let start = at;
  while (start > 0 && isWord(page.charAt(start)) && isWord(page.charAt(start - 1)) && at - start < MARK) start--;
  return start;
}

function wordEnd(page: string, at: number): number {
  let end = at;
  while (end < page.length && isWord(page.charAt(end - 1)) && isWord(page.charAt(end)) && end - at < MARK) end++;
  return end;
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}
