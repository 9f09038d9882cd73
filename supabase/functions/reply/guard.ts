import { decodeBase64, encodeBase64, sniff } from './bytes.ts';
import { KIND_WORDS } from './concern.ts';
import type { ModelAnswer } from './fold.ts';
import type { Moderator } from './moderator.ts';
import { NO_RESULTS } from './tool-results.ts';

/** A first sentence is looked at by itself, so that something appears soon; later ones in pieces of at least so many characters. */
const PIECE = 240;
/** How much of what was said before goes along, for a sentence may be harmless only by itself. */
const BEFORE = 4_000;

/**
 * The answers as they grow, as far as they have been looked through: words appear a sentence or more at a time, and none that is of
 * concern. Once something is, the answer ends with kind words in place of all of it. As long as `isNeeded` says no, they pass unseen;
 * from then on all of the text is looked through. Throws ModelError when nobody looks.
 */
export async function* guardAnswers(
  answers: AsyncIterable<ModelAnswer>,
  moderator: Moderator,
  personId: string,
  isNeeded: () => boolean = () => true,
): AsyncGenerator<ModelAnswer> {
  let seen = 0;
  let tools = NO_RESULTS;
  for await (const answer of answers) {
    if (!isNeeded()) {
      yield answer;
      continue;
    }
    const isOver = answer.ending !== null;
    const end = isOver ? answer.text.length : sentencesEnd(answer.text, seen);
    if (!isOver && end === seen && answer.tools === tools) continue;
    tools = answer.tools;
    const piece = answer.text.slice(Math.max(0, seen - BEFORE), end);
    const texts = [end > seen ? piece : '', isOver ? answer.refusal : ''];
    let [concern = null] = (await moderator.checkTexts(texts, personId)).filter((each) => each !== null);
    if (isOver) concern ??= await checkMade(answer, moderator, personId);
    if (concern !== null) {
      yield { ...answer, text: KIND_WORDS[concern], refusal: '', tools: NO_RESULTS, ending: { kind: 'complete' } };
      return;
    }
    seen = Math.max(seen, end);
    yield {
      ...answer,
      text: answer.text.slice(0, seen),
      tools: isOver ? answer.tools : { ...answer.tools, sources: [] },
    };
  }
}

/** Where the last whole sentence ends, if enough has been said since what was seen; otherwise there. */
function sentencesEnd(text: string, seen: number): number {
  const end = Math.max(...['. ', '! ', '? ', '\n', '。', '！', '？'].map((mark) => endOfLast(text, mark)));
  return end - seen >= (seen === 0 ? 1 : PIECE) ? end : seen;
}

function endOfLast(text: string, mark: string): number {
  const at = text.lastIndexOf(mark);
  return at === -1 ? 0 : at + mark.length;
}

async function checkMade({ tools }: ModelAnswer, moderator: Moderator, personId: string) {
  const bytes = tools.picture.kind === 'made' ? decodeBase64(tools.picture.base64) : null;
  const type = bytes === null ? null : sniff(bytes);
  // What is no picture is not shown as one either.
  return bytes === null || type === null
    ? null
    : moderator.checkPicture(`data:${type};base64,${encodeBase64(bytes)}`, personId);
}
