import { render } from 'preact';
import { App } from '../../components/App.tsx';
import { createPanel } from '../../components/panel/panel.ts';
import { openHubPort } from './chrome-port.ts';
import { notificationSwitch } from './notification-switch.ts';
import { openRecorderPort } from './recorder-port.ts';
import type { Place } from './surface.ts';

/** Shows the panel in this document. Composition root of every page that is a panel. `windowId`: beside whose pages it is. */
export function showPanel({ surface, pass, isBack }: Place, windowId: number | null = null): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  const ended = new AbortController();
  const panel = createPanel({
    openPort: () => openHubPort(windowId),
    openRecorder: openRecorderPort,
    surface,
    pass,
    isBack,
    notifications: notificationSwitch,
    root: document.documentElement,
    signal: ended.signal,
  });
  render(<App panel={panel} />, root);
  // A page kept in the back-forward cache has lost its port for good.
  window.addEventListener('pagehide', () => ended.abort(), { once: true });
}
