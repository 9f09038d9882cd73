import type { ComponentChildren } from 'preact';
import './empty-state.css';

interface EmptyStateProps {
  drawing: ComponentChildren;
  children: ComponentChildren;
  action?: ComponentChildren;
  title?: string;
}

/** One drawing, one sentence, one thing to do. */
export function EmptyState({ drawing, title, children, action }: EmptyStateProps) {
  return (
    <div class="empty-state">
      {drawing}
      {title !== undefined && <h2>{title}</h2>}
      <p>{children}</p>
      {action}
    </div>
  );
}
