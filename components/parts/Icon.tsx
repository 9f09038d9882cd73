import './icon.css';

/** Drawn on a grid of 16, stroked in the colour of the text around them. */
const SHAPES = {
  back: 'M10 3 5 8l5 5',
  close: 'm4 4 8 8m0-8-8 8',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  search: 'M11.25 7a4.25 4.25 0 1 1-8.5 0 4.25 4.25 0 0 1 8.5 0Zm-1 3.25 3.25 3.25',
  people:
    'M8.5 5.25a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM1.5 13.5c.4-2.4 2.2-3.75 4.5-3.75s4.1 1.35 4.5 3.75M10.6 2.9a2.5 2.5 0 0 1 0 4.7m1.6 2.5c1.3.6 2.1 1.8 2.3 3.4',
  invite:
    'M8.5 5.25a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM1.5 13.5c.4-2.4 2.2-3.75 4.5-3.75s4.1 1.35 4.5 3.75M13 4v4m-2-2h4',
  send: 'M8 13V3M3.75 7.25 8 3l4.25 4.25',
  down: 'M8 3v10m-4.25-4.25L8 13l4.25-4.25',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  check: 'm3 8.5 3.25 3.25L13 5',
  clock: 'M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0ZM8 5v3.25l2 1.25',
  alert: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 5v3.5m0 2.4v.1',
  copy: 'M5.5 7A1.5 1.5 0 0 1 7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7Zm5-1.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5',
  reply: 'M6.5 4 3 7.5 6.5 11M3 7.5h6a4 4 0 0 1 4 4v1',
  leave: 'M6.5 2.5H4A1.5 1.5 0 0 0 2.5 4v8A1.5 1.5 0 0 0 4 13.5h2.5M10 4.75 13.25 8 10 11.25M13 8H6.5',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7L13 5.75M13 2.5v3.25H9.75',
  'side-panel': 'M2 5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5Zm8-2v10',
  window: 'M2 5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5Zm0 1.25h12',
  person: 'M10.75 5.25a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0ZM3 13.5c.45-2.5 2.4-3.75 5-3.75s4.55 1.25 5 3.75',
  picture:
    'M2 5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5Zm.5 6.5L6 8.25l2.5 2.5L10 9.5l3.5 3M10.75 6h.01',
} as const;

export type IconName = keyof typeof SHAPES | 'stop';

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      {name === 'stop' ? <rect class="filled" x="4" y="4" width="8" height="8" rx="1.5" /> : <path d={SHAPES[name]} />}
    </svg>
  );
}
