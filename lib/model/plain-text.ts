/** What a Markdown text says, in one line and without most of its marks. A rough cut for previews: it never parses. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^ {0,3}(?:```|~~~).*$/gm, ' ')
    .replace(/^ {0,3}(?:#{1,6}|>|[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/gm, '')
    .replace(/!?\[([^[\]\n]{1,500})\]\((?:[^()\s]{1,2000})\)/g, '$1')
    .replace(/(\*\*|__|~~)(?=\S)([^\n]{1,500}?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_\n]{1,500})(?<=\S)\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/`+([^`\n]{1,500})`+/g, '$1')
    .replace(/^[ |:-]{3,}$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
