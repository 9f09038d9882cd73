import type { Section } from './bench.ts';

/** The results with these sections in place of those of the same titles, or behind all others. Says of each when it was made. */
export function replaceSections(results: string, sections: readonly Section[], day = new Date()): string {
  const date = day.toISOString().slice(0, 10);
  const parts = results.trimEnd().split(/\n\n(?=## )/);
  for (const { title, lines } of sections) {
    const text = `## ${title}\n\n${lines.join('\n')}\n\nMeasured by itself on ${date}.`;
    const place = parts.findIndex((part) => part.startsWith(`## ${title}\n`));
    if (place === -1) parts.push(text);
    else parts[place] = text;
  }
  return `${parts.join('\n\n')}\n`;
}
