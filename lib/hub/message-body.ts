import { FailureError, failure } from '../model/failure.ts';
import { countCharacters, MAX_MESSAGE_CHARACTERS, storableText } from '../model/text.ts';

/** A text as it may be sent; one that goes with files may be empty. Throws `empty` and `too_long`. */
export function messageBody(text: string, mayBeEmpty = false): string {
  const body = storableText(text);
  if (body.trim() === '' && !mayBeEmpty) throw new FailureError(failure('empty'));
  if (countCharacters(body) > MAX_MESSAGE_CHARACTERS) throw new FailureError(failure('too_long'));
  return body;
}
