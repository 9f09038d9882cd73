import type { LeasedJob, MadePicture, Replies, ReplyEnd } from '../_shared/replies.ts';
import { decodeBase64, pictureSize, sniff } from './bytes.ts';
import { insist } from './insist.ts';
import { NO_RESULTS, type ToolResults } from './tool-results.ts';
import type { Toolbox } from './tools.ts';

const NO_PICTURE = 'The picture could not be made. Ask for it again, perhaps in other words.';

/** Stores what an answer's tools have given, for its message to take, and says in the answer what could not be had. */
export async function keepMade(
  job: LeasedJob,
  end: ReplyEnd,
  results: ToolResults,
  tools: Toolbox | undefined,
  replies: Replies,
): Promise<ReplyEnd> {
  if (end.state === 'failed' || results === NO_RESULTS) return end;
  const picture = tools === undefined ? null : await storePicture(job.chatId, results.picture, tools.files);
  const isMissing =
    end.state === 'done' && (results.picture.kind === 'made' || results.picture.kind === 'failed') && picture === null;
  if (results.sources.length > 0 || picture !== null)
    await insist(() => replies.keepResults(job, results.sources, picture));
  return isMissing ? { ...end, body: [end.body, NO_PICTURE].filter(Boolean).join('\n\n') } : end;
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** Null when there is none, when its bytes are no picture, or when they could not be stored. */
async function storePicture(
  chatId: string,
  picture: ToolResults['picture'],
  files: Toolbox['files'],
): Promise<MadePicture | null> {
  const bytes = picture.kind === 'made' ? decodeBase64(picture.base64) : null;
  const type = bytes === null ? null : sniff(bytes);
  const ending = ENDINGS[type ?? ''];
  if (bytes === null || type === null || ending === undefined) return null;
  const id = crypto.randomUUID();
  const object = `${chatId}/${id}`;
  try {
    await files.write(object, bytes, type);
    // Nothing here draws a smaller one.
    await files.copy(object, `${object}.thumb`);
  } catch {
    // Whatever Storage says, the words of the answer stand. Bytes without a row go with the purge.
    return null;
  }
  const { width = null, height = null } = pictureSize(bytes) ?? {};
  return { id, name: `picture.${ending}`, content_type: type, width, height };
}
