/** One line of at most so many characters, without what cannot be stored or would turn the line around; null for nothing. */
export function tidyLine(text: string | null | undefined, most: number): string | null {
  const line = (text ?? '')
    .slice(0, most * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();
  if (line === '') return null;
  const characters = Array.from(line);
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : line;
}

/** A date, or a date with a time, in ISO 8601 and as exact as it is said; null for what is neither or no date of a page. */
export function tidyDate(said: string | null | undefined): string | null {
  const text = (said ?? '').trim().replace(/^(\d{4})\/(\d{2})\/(\d{2})$/, '$1-$2-$3');
  const [, date, time, zone] =
    /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text) ??
    [];
  if (date === undefined || !isDate(date) || Number(date.slice(0, 4)) < 1400) return null;
  // A time in no zone is none that others could read.
  if (time === undefined || zone === undefined) return date;
  const exact = `${date}T${time.length === 5 ? `${time}:00` : time}${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()}`;
  return Number.isNaN(Date.parse(exact)) ? date : exact;
}

/** 30 February is none, whatever `Date` makes of it. */
function isDate(date: string): boolean {
  const read = new Date(date);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}

/** A language tag (BCP 47) in its usual spelling; null for what is none. */
export function tidyLanguage(said: string | null | undefined): string | null {
  const tag = (said ?? '').trim().replaceAll('_', '-');
  if (tag === '' || tag.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
