/** Picks from lists, the same ones for the same seed: a failure can be run again. */
export function seededPick(seed: number): <T>(from: readonly T[]) => T {
  let state = (seed + 1) * 0x9e3779b9;
  return (from) => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const picked = from[(state >>> 0) % from.length];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
}
