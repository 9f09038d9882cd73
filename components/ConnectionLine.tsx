import './connection-line.css';
import { usePanel } from './panel/panel-context.ts';

/** A thin line at the top while the server cannot be reached. The composer works on. */
export function ConnectionLine() {
  const { app } = usePanel();
  const session = app.value?.session.name;
  const isOffline = app.value?.connection === 'offline' && session !== 'starting';
  return (
    <div role="status">
      {isOffline && (
        <p class="connection-line">
          {session === 'signed-in'
            ? 'Offline. What you write is sent when you are back.'
            : 'Sideroom cannot reach its server right now.'}
        </p>
      )}
    </div>
  );
}
