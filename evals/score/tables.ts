import type { Share } from './score.ts';

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** As `83 % (5/6)`; a share of nothing is a dash. */
export function percent({ hits, of }: Share): string {
  return of === 0 ? '–' : `${rounded(hits / of)} % (${hits}/${of})`;
}

/** A part of one in percent, with a decimal where it is small. */
export function rounded(part: number): string {
  const hundredths = part * 100;
  return hundredths > 0 && hundredths < 10 ? hundredths.toFixed(1) : hundredths.toFixed(0);
}
