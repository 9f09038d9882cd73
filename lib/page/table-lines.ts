const MOST_COLUMNS = 60;

/** The rows of a table as lines of Markdown; null where it holds no data but only places things. */
export function tableLines(table: Element, textOf: (cell: Element) => string): string[] | null {
  const rows = Array.from(table.querySelectorAll(':scope > tr, :scope > :is(thead, tbody, tfoot) > tr'), (row) => ({
    isHead:
      row.parentElement?.localName === 'thead' || Array.from(row.children).every(({ localName }) => localName === 'th'),
    cells: cellsOf(row, textOf),
  })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  if (placesThings(table, width)) return null;
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  const head = rows[0]?.isHead ? rows.shift()?.cells : [];
  return [line(head ?? []), `|${' --- |'.repeat(width)}`, ...rows.map(({ cells }) => line(cells))];
}

function cellsOf(row: Element, textOf: (cell: Element) => string): string[] {
  const cells = Array.from(row.children).flatMap((cell) => {
    const span = Math.min(Number(cell.getAttribute('colspan') ?? 1) || 1, MOST_COLUMNS);
    return [textOf(cell).replaceAll('|', '\\|'), ...Array<string>(span - 1).fill('')];
  });
  return cells.slice(0, MOST_COLUMNS);
}

function placesThings(table: Element, width: number): boolean {
  if (table.getAttribute('role') === 'presentation' || width < 2) return true;
  return (
    table.querySelector('td table, td p + p, td h1, td h2, td h3, td pre, td ul') !== null &&
    table.querySelector('th') === null
  );
}
