/** What of a recording can be told without listening: enough for a test to see that these very bytes arrived. */
export interface Recording {
  readonly kind: 'webm' | 'ogg' | 'wav' | 'mp4';
  /** In seconds, read from the container; null where it is not written there. */
  readonly seconds: number | null;
}

/** Null: no recording that this model knows. */
export function readRecording(bytes: Uint8Array): Recording | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (name.startsWith('\x1a\x45\xdf\xa3')) return { kind: 'webm', seconds: webmSeconds(view) };
  if (name.startsWith('OggS')) return { kind: 'ogg', seconds: oggSeconds(view) };
  if (name.startsWith('RIFF') && name.endsWith('WAVE')) return { kind: 'wav', seconds: wavSeconds(view) };
  if (name.slice(4, 8) === 'ftyp') return { kind: 'mp4', seconds: null };
  return null;
}

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const MILLISECONDS = 1000;

/** The time of the last block, as browsers write WebM while they record: clusters of unknown length, times in milliseconds. */
function webmSeconds(view: DataView): number | null {
  let at = 0;
  let cluster = 0;
  let last: number | null = null;
  while (at < view.byteLength) {
    const id = readNumber(view, at, { keepMark: true });
    const size = id && readNumber(view, at + id.length, { keepMark: false });
    if (!id || !size) break;
    const start = at + id.length + size.length;
    if (id.value === SEGMENT || id.value === CLUSTER || id.value === BLOCK_GROUP) {
      at = start;
      continue;
    }
    if (start + size.value > view.byteLength) break;
    if (id.value === TIMESTAMP) cluster = readBigEndian(view, start, size.value);
    // A block begins with its track, one byte for the first 127 of them, and its time within the cluster.
    if (id.value === SIMPLE_BLOCK || id.value === BLOCK) last = cluster + view.getInt16(start + 1);
    at = start + size.value;
  }
  return last === null ? null : last / MILLISECONDS;
}

/** A number of EBML: how many zero bits it begins with says how many bytes it has. */
function readNumber(view: DataView, at: number, { keepMark }: { keepMark: boolean }) {
  if (at >= view.byteLength) return null;
  const first = view.getUint8(at);
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > view.byteLength) return null;
  const value = readBigEndian(view, at, length);
  return { length, value: keepMark ? value : value - 2 ** (7 * length) };
}

function readBigEndian(view: DataView, at: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + view.getUint8(at + index);
  return value;
}

const OPUS_RATE = 48_000;

/** The last page's position; Opus always counts 48,000 a second. */
function oggSeconds(view: DataView): number | null {
  for (let at = view.byteLength - 27; at >= 0; at--) {
    if (view.getUint32(at) === 0x4f676753) return Number(view.getBigInt64(at + 6, true)) / OPUS_RATE;
  }
  return null;
}

/** Its bytes by the rate in the header; the samples are taken to fill the file. */
function wavSeconds(view: DataView): number | null {
  const rate = view.byteLength > 44 ? view.getUint32(28, true) : 0;
  return rate === 0 ? null : (view.byteLength - 44) / rate;
}
