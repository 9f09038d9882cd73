/** What each place of the panel that shows other people's texts may hold, and where its box ends. */
export interface Place {
  /** A row, which nothing in it may leave. */
  readonly row: string;
  /** What shows the text within the row. */
  readonly text: string;
}

/**
 * Runs in the panel. How many texts stand in this place, and in words what stands there that is more than a text: elements that
 * fetch or run, listeners, names and styles of its own, and boxes or letters that could reach out of the row.
 */
export function findStrays({ row, text }: Place): { texts: number; strays: string[] } {
  const FORBIDDEN =
    'script, style, link, meta, base, iframe, object, embed, form, video, audio, source, picture, template, dialog, slot';
  const strays: string[] = [];
  const clips = (style: CSSStyleDeclaration) => style.overflowX !== 'visible' && style.overflowY !== 'visible';
  let texts = 0;
  for (const box of document.querySelectorAll(row)) {
    const bounds = box.getBoundingClientRect();
    for (const shown of box.querySelectorAll(text)) {
      texts += 1;
      const all = [shown, ...shown.querySelectorAll('*')];
      const said = (shown.textContent ?? '').slice(0, 60);
      for (const each of all) {
        if (each.matches(FORBIDDEN)) strays.push(`<${each.localName}> in ${said}`);
        for (const { name, value } of each.attributes)
          if (/^on|^(?:id|name|ping|srcset|formaction)$/.test(name) || /^\s*(?:javascript|data:text)/i.test(value))
            strays.push(`${name}="${value.slice(0, 40)}" in ${said}`);
        if (/fixed|sticky/.test(getComputedStyle(each).position)) strays.push(`loose box in ${said}`);
      }
      // What can be seen of it: boxes around it cut it off.
      let { top, right, bottom } = shown.getBoundingClientRect();
      let clipped = false;
      for (let each: Element | null = shown; each !== null; each = each === box ? null : each.parentElement) {
        if (!clips(getComputedStyle(each))) continue;
        clipped = true;
        const edge = each.getBoundingClientRect();
        top = Math.max(top, edge.top);
        right = Math.min(right, edge.right);
        bottom = Math.min(bottom, edge.bottom);
      }
      if (!clipped) strays.push(`letters may leave their line in ${text} of ${said}`);
      if (right > bounds.right + 1 || bottom > bounds.bottom + 1 || top < bounds.top - 1)
        strays.push(`box leaves its row in ${said}`);
    }
  }
  return { texts, strays };
}
