import './mark.css';

/** The product's and the AI's sign: a room with its side. */
export function Mark({ size = 20 }: { size?: 20 | 28 | 36 }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path class="room" d="M6 2.75h5v14.5H6A3.25 3.25 0 0 1 2.75 14V6A3.25 3.25 0 0 1 6 2.75Z" />
      <path class="side" d="M13 2h1a4 4 0 0 1 4 4v8a4 4 0 0 1-4 4h-1a.75.75 0 0 1-.75-.75V2.75A.75.75 0 0 1 13 2Z" />
    </svg>
  );
}
