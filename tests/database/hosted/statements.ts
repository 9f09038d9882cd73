/**
 * The statements of an SQL script, each on one line, in lower case but for what is quoted, without comments. Literals come as `'…'`, bodies as
 * `$…$`. What a `do` block and its nested bodies run comes as statements of its own, since it runs with the migration.
 */
export function splitStatements(script: string): string[] {
  const { text, bodies } = mask(script);
  return text
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '')
    .flatMap((statement) => [
      statement.replace(/\$\d+\$/g, '$…$'),
      ...(runsItsBodies(statement) ? bodiesOf(statement, bodies).flatMap(splitStatements) : []),
    ])
    .map(withoutControlFlow)
    .filter((statement) => statement !== '');
}

/** One pass over comments, literals, quoted names and bodies; the first match at a place decides, as in Postgres' own lexer. */
const LEXEMES = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[a-z_]*\$)([\s\S]*?)\1|[^-/'"$]+|[\s\S]/gi;

function mask(script: string): { text: string; bodies: string[] } {
  const bodies: string[] = [];
  const text = script.replace(LEXEMES, (lexeme, tag: string | undefined, body: string | undefined) => {
    if (lexeme.startsWith('--') || lexeme.startsWith('/*')) return ' ';
    if (tag !== undefined) return `$${bodies.push(body ?? '') - 1}$`;
    if (lexeme.startsWith("'")) return lexeme.length > 1 ? "'…'" : lexeme;
    return lexeme.startsWith('"') ? lexeme : lexeme.toLowerCase();
  });
  return { text, bodies };
}

function runsItsBodies(statement: string): boolean {
  return /^do\b|\bexecute \$/.test(statement);
}

function bodiesOf(statement: string, bodies: readonly string[]): string[] {
  return [...statement.matchAll(/\$(\d+)\$/g)].map(([, index]) => bodies[Number(index)] ?? '');
}

/** What PL/pgSQL puts before a statement, and the words that are no statement. */
function withoutControlFlow(statement: string): string {
  const rest = statement.replace(
    /^(declare\b.*?\bbegin\b|begin\b|else\b|loop\b|if\b.*?\bthen\b|exception when .*? then\b)\s*/,
    '',
  );
  return rest === statement ? statement : withoutControlFlow(rest);
}
