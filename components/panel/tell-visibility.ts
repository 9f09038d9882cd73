import type { HubClient } from '../../lib/hub/panel-client.ts';

/** Tells the hub whether somebody can see this panel: what they see needs no notification. */
export function tellVisibility(client: Pick<HubClient, 'setVisible'>, signal: AbortSignal): void {
  const tell = () => client.setVisible(document.visibilityState === 'visible');
  tell();
  document.addEventListener('visibilitychange', tell, { signal });
}
