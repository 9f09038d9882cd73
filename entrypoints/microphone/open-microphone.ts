import type { MicrophoneTrouble } from '../../lib/model/voice.ts';

/** The microphone, or why there is none. The browser asks the person where it has to and can. */
export async function openMicrophone(): Promise<MediaStream | MicrophoneTrouble> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (thrown) {
    return troubleOf(thrown);
  }
}

function troubleOf(thrown: unknown): MicrophoneTrouble {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}

/** Lets go of it: the browser's sign that it is in use goes out. */
export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
