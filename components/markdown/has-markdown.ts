/** What any construct needs: a delimiter somewhere, or a marker at the beginning of a line. */
const SIGNS = /[*_`~$[\]\\&<>|]|^ {0,3}(?:#{1,6}|[-+]|\d{1,9}[.)])(?:[ \t]|$)|^ {0,3}-{3,}/m;

/** Whether a text may contain Markdown. False is certain: such a text is shown without the parser. */
export function hasMarkdown(text: string): boolean {
  return SIGNS.test(text);
}
