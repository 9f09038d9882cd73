import { cleanText } from './clean-text.ts';

/**
 * The name of a person, a file or a page as it may be shown: in one line, without letters that hide or turn the reading order, so
 * that `photo\u202egpj.exe` does not pass for a picture, nor one person for another. `instead`: where nothing is left to see.
 */
export function shownName(name: string, instead: string): string {
  return cleanText(name).replace(/\s+/g, ' ').replace(BLANK, '').trim() || instead;
}

/** The one letter that is drawn as nothing though it is no space: an empty Braille cell. */
const BLANK = /^[\s\u2800]+$/;
