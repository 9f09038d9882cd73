/** A text with what was spoken put in at the caret, apart from the words around it, and where the caret goes: behind it. */
export function insertSpoken(text: string, caret: number, spoken: string): { text: string; caret: number } {
  const before = text.slice(0, caret);
  const after = text.slice(caret);
  const put = `${/\S$/.test(before) ? ' ' : ''}${spoken}${/^[\p{L}\p{N}@(“"]/u.test(after) ? ' ' : ''}`;
  return { text: before + put + after, caret: caret + put.length };
}
