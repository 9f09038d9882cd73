const QUIETEST = -60;
const LOUDEST = -8;

/** How loud samples between -1 and 1 are to an ear: 0 from -60 dB down, 1 from -8 dB up. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels - QUIETEST) / (LOUDEST - QUIETEST)));
}
