/** A kind of recording that transcription services take, by the ending they know it by. */
export interface Sound {
  readonly extension: 'webm' | 'ogg' | 'mp4' | 'wav';
  readonly type: string;
}

const WEBM: Sound = { extension: 'webm', type: 'audio/webm' };
const OGG: Sound = { extension: 'ogg', type: 'audio/ogg' };
const MP4: Sound = { extension: 'mp4', type: 'audio/mp4' };
const WAV: Sound = { extension: 'wav', type: 'audio/wav' };

/** What browsers record into, told by its first bytes; what the sender says of it does not count. Null: none of these. */
export function recogniseSound(bytes: Uint8Array): Sound | null {
  const at = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (at(0, 4) === '\x1a\x45\xdf\xa3') return WEBM;
  if (at(0, 4) === 'OggS') return OGG;
  if (at(4, 8) === 'ftyp') return MP4;
  if (at(0, 4) === 'RIFF' && at(8, 12) === 'WAVE') return WAV;
  return null;
}
