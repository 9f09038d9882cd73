/** One of each thing that a message can hold. */
export const EVERYTHING = `# Chapter four

It begins **quietly**, then *turns*; ~~nobody dies~~. Look at \`lagan\` and at [the notes](https://example.org/notes), or ask @chiara and @ai, not @nobody.
A line that follows at once.

## What to bring

1. The book
2. A pencil
   - soft
   - sharp
3. Time

- [x] Read to page 90
- [ ] Write down one question

> Cargo that was thrown overboard and tied to a buoy.
>
> > So that it could be found again.

### Prices

It was $5 and is now $10. The area is $A = \\pi r^2$.

---

![The cover](https://example.org/cover.png) and [www.example.com](https://example.org/elsewhere)[^1]

[^1]: The first edition.`;

export const CODE = `Two ways to say it:

\`\`\`ts
/** Greets somebody, at most three times. */
export function greet(name: string, times = 3): string {
  const words = ['Hello', name];
  return Array.from({ length: times }, () => words.join(', ')).join('\\n');
}
\`\`\`

\`\`\`
plain text that has no language, in a line that goes on and on, beyond the edge of any narrow panel
\`\`\`

\`\`\`python
def area(radius):
    # close enough
    return 3.14159 * radius ** 2
\`\`\``;

export const TABLE = `| Word | Where it comes from | How often | In which chapters | Seen by |
|:-----|:-------------------:|----------:|-------------------|---------|
| flotsam | Anglo-Norman *floteson* | 12 | 1, 2, 4 | everybody |
| jetsam | a short form of \`jettison\` | 7 | 4 | Ana, Ben |
| lagan | perhaps from Old Norse, where it means a law about what lies | 1 | 4 | Chiara |

| a | b |
|---|---|
| 1 | 2 |`;

export const FORMULAS = `The roots are $x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}$, and

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}, \\qquad \\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}, \\qquad \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}
$$

Not a formula: $5 and $10. Not understood: $\\frac{1}{$`;

export const RIGHT_TO_LEFT = `## שלום לכולם

זה **מודגש** וזה קישור: [הערות](https://example.org/he).

- פריט ראשון
- פריט שני

> ציטוט קצר

And an English paragraph below, with \`code\`.`;

export const HALF_OPEN = `Here is how it works:

1. First it reads the **file**
2. then it goes on

\`\`\`ts
export function read(path: string) {
  const text = open(pa`;
