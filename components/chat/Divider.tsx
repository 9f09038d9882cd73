import { usePanel } from '../panel/panel-context.ts';
import { dayWords } from '../time-words.ts';
import './divider.css';

export function DayDivider({ time }: { time: string }) {
  return (
    <li class="divider" data-row>
      <span>{dayWords(new Date(time), usePanel().now.value)}</span>
    </li>
  );
}

export function UnreadDivider() {
  return (
    <li class="divider unread" data-row data-unread>
      <span>New</span>
    </li>
  );
}
