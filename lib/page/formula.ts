/** How MathML, KaTeX and MathJax are found. */
const FORMULAS = 'math, .katex, mjx-container';

/** The TeX of a formula between dollars; null for what is no formula, or one that says its TeX nowhere. */
export function formulaOf(element: Element): string | null {
  if (!element.matches(FORMULAS)) return null;
  const annotation = element.querySelector('annotation[encoding*="tex" i]')?.textContent;
  const math = element.localName === 'math' ? element : element.querySelector('math');
  const tex = (annotation ?? math?.getAttribute('alttext') ?? '').trim();
  if (tex === '') return null;
  const display = math?.getAttribute('display') === 'block' || element.getAttribute('display') === 'true';
  return display ? `$$${tex}$$` : `$${tex}$`;
}
