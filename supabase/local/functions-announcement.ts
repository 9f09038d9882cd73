/** The one line by which the functions host tells its parent that it takes requests; every other line is a function's log. */
const LISTENING = '[functions-host] listening';

export function announceListening(): string {
  return LISTENING;
}

export function isListening(line: string): boolean {
  return line === LISTENING;
}
