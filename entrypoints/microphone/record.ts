import { AUDIO_BITS_PER_SECOND, MAX_RECORDING, PIECE, type RecorderMessage } from '../../lib/model/voice.ts';
import { levelOf } from './level.ts';
import { closeMicrophone } from './open-microphone.ts';

/** Milliseconds between two looks at the level. */
const LOOK = 60;
/** The panel ends a recording that is too long; this is for one that forgot. */
const GRACE = 5_000;

export interface Recording {
  /** Hands over the rest, then says `ended`. */
  stop(): void;
  /** Drops the rest. */
  discard(): void;
}

/** Records what the microphone hears and posts it piece by piece, with the level. Lets go of the microphone at its end, whoever ended it. */
export function record(stream: MediaStream, post: (message: RecorderMessage) => void): Recording {
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: AUDIO_BITS_PER_SECOND });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let sending: Promise<void> = Promise.resolve();
  let isDiscarded = false;

  const looking = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    post({ type: 'level', level: levelOf(samples) });
  }, LOOK);
  const forgotten = setTimeout(stop, MAX_RECORDING + GRACE);

  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return;
    sending = sending.then(async () => {
      const audio = await toBase64(data);
      if (!isDiscarded) post({ type: 'piece', audio });
    });
  });
  // Also when the microphone is unplugged: its track ends, and the recorder with it.
  recorder.addEventListener('stop', async () => {
    clearInterval(looking);
    clearTimeout(forgotten);
    closeMicrophone(stream);
    await Promise.all([sending, context.close()]);
    if (!isDiscarded) post({ type: 'ended' });
  });
  recorder.start(PIECE);
  post({ type: 'recording' });

  function stop(): void {
    if (recorder.state !== 'inactive') recorder.stop();
  }

  return {
    stop,
    discard() {
      isDiscarded = true;
      stop();
    },
  };
}

function toBase64(data: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(data);
  });
}
