import type { Panel } from './panel/panel.ts';
import { usePanel } from './panel/panel-context.ts';
import { IconButton } from './parts/IconButton.tsx';

/** Takes the overlay off the page; the side panel and a window are closed by the browser's own means. */
export function CloseButton() {
  const panel = usePanel();
  if (panel.surface !== 'overlay') return null;
  return <IconButton icon="close" label="Close Sideroom" onClick={() => closeOverlay(panel)} />;
}

export function closeOverlay(panel: Panel): void {
  panel.drafts.flush();
  panel.client.request('closeOverlay', {}).catch(panel.toaster.showFailure);
}
