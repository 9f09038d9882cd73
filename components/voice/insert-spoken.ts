/** Behind these no space is missing: brackets, quotes, and scripts that write their words together. */
const JOINED = String.raw`\s(“"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，！？`;
const NEEDS_SPACE_AFTER = new RegExp(`[^${JOINED}]$`, 'u');
const IS_WORD = /^[\p{L}\p{N}@(“"]/u;

/** A text with what was spoken put in at the caret, apart from the words around it, and where the caret goes: behind it. */
export function insertSpoken(text: string, caret: number, spoken: string): { text: string; caret: number } {
  const before = text.slice(0, caret);
  const after = text.slice(caret);
  const put =
    (NEEDS_SPACE_AFTER.test(before) ? ' ' : '') +
    spoken +
    (IS_WORD.test(after) && NEEDS_SPACE_AFTER.test(spoken) ? ' ' : '');
  return { text: before + put + after, caret: caret + put.length };
}
