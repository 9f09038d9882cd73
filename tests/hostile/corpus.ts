import { HOSTILE } from '../gallery/hostile.ts';
import { CODE, FORMULAS, GIANT } from './abuse.ts';
import { ADDRESSES } from './addresses.ts';
import { LETTERS } from './letters.ts';
import { MUTATION, NESTED } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** Texts that try to run, to fetch, to leave their box, to pretend or to stall, by what they try. */
export const KINDS: Readonly<Record<string, readonly string[]>> = {
  'of all kinds': HOSTILE,
  'script and event handlers': SCRIPT,
  'addresses and schemes': ADDRESSES,
  'style and exfiltration by CSS': STYLE,
  'mutated markup': MUTATION,
  'Markdown inside Markdown': NESTED,
  'letters, reading order, look-alikes': LETTERS,
  formulas: FORMULAS,
  'code and highlighting': CODE,
  giant: GIANT,
};

/** All of them, as a message could hold them: no NUL, which Postgres does not store, and no lone surrogates, which JSON cannot carry. */
export const CORPUS: readonly string[] = [
  ...new Set(
    Object.values(KINDS).flatMap((texts) => texts.map((text) => text.replaceAll('\u0000', '').toWellFormed())),
  ),
];
