import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { ApiError } from './api-error.ts';
import { readRecording } from './recording.ts';
import { PRACTICE_MODEL } from './request.ts';

/** As the real API takes them, with some room for the form around the file. */
const MAX_FORM_BYTES = 26 * 1024 * 1024;

/**
 * What this model "hears" in a recording: it understands no speech and says so, but its words depend on the bytes that came.
 * Refuses with what the real API would say to the same mistake.
 */
export async function transcribe(request: IncomingMessage): Promise<{ text: string }> {
  const form = await readForm(request);
  const model = form.get('model');
  if (model !== PRACTICE_MODEL)
    throw new ApiError(404, `The model '${model}' does not exist.`, { param: 'model', code: 'model_not_found' });
  const file = form.get('file');
  if (!(file instanceof File))
    throw new ApiError(400, "Missing required parameter: 'file'.", {
      param: 'file',
      code: 'missing_required_parameter',
    });
  const recording = readRecording(new Uint8Array(await file.arrayBuffer()));
  if (recording === null) throw new ApiError(400, 'Invalid file format.', { param: 'file', code: 'invalid_value' });
  const { kind, seconds } = recording;
  const length = seconds === null ? `${Math.ceil(file.size / 1024)} kilobytes` : secondsWords(seconds);
  return { text: `practice transcription of ${length} of ${kind}` };
}

function secondsWords(seconds: number): string {
  const rounded = Math.max(1, Math.round(seconds));
  return rounded === 1 ? '1 second' : `${rounded} seconds`;
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM_BYTES)
    throw new ApiError(413, 'Maximum content size limit (26214400) exceeded.');
  const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
  const type = request.headers['content-type'] ?? '';
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    // How the platform says that these bytes are no form.
    throw new ApiError(400, 'We could not parse the form of your request.');
  }
}
