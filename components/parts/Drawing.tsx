import './drawing.css';

/** Line drawings for empty screens. `accented` parts carry the accent, the rest is faint ink. */
const DRAWINGS = {
  /** A page with a margin in which two people speak. */
  margin: {
    lines:
      'M14 14h58a6 6 0 0 1 6 6v56a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6Zm6 16h40M20 40h46M20 50h36M20 60h44M20 70h24',
    accented:
      'M88 26h22a8 8 0 0 1 8 8v8a8 8 0 0 1-8 8H98l-8 7v-7h-2V26Zm10 36h14a8 8 0 0 1 8 8v4a8 8 0 0 1-8 8h-2v6l-7-6h-5V62Z',
  },
  /** A door that is shut. */
  closed: {
    lines: 'M38 84V18a6 6 0 0 1 6-6h40a6 6 0 0 1 6 6v66M18 84h92M50 24h28v20H50Zm0 34h18v26',
    accented: 'M80 52a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z',
  },
  /** An empty seat beside one that is taken. */
  seats: {
    lines: 'M54 38a10 10 0 1 1-20 0 10 10 0 0 1 20 0ZM24 78c1.5-13 9-20 20-20s18.500 7 20 20',
    accented: 'M94 42v24M82 54h24',
  },
} as const;

export function Drawing({ name }: { name: keyof typeof DRAWINGS }) {
  const { lines, accented } = DRAWINGS[name];
  return (
    <svg class="drawing" viewBox="0 0 128 96" aria-hidden="true">
      <path d={lines} />
      <path class="accented" d={accented} />
    </svg>
  );
}
