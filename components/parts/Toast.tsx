import { usePanel } from '../panel/panel-context.ts';
import { IconButton } from './IconButton.tsx';
import './toast.css';

/** The place where a short sentence appears. It exists before its text does, so that screen readers hear it. */
export function Toast() {
  const { toast, dismiss } = usePanel().toaster;
  const shown = toast.value;
  return (
    <div class="toast-place" role="status">
      {shown !== null && (
        <div key={shown.id} class={`toast ${shown.tone}`}>
          <p>{shown.text}</p>
          <IconButton icon="close" label="Dismiss" onClick={dismiss} />
        </div>
      )}
    </div>
  );
}
