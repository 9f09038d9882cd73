/** Sideroom in a page of its own, for whoever has no extension: the same panel, over a hub that all tabs of this origin share. */
import { render } from 'preact';
import { App } from '../components/App.tsx';
import { createPanel } from '../components/panel/panel.ts';
import { connectHubs } from './hub-line.ts';
import { takeInvite } from './invite.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
const ended = new AbortController();
const invite = takeInvite(window);
const panel = createPanel({
  openPort: connectHubs(invite),
  // The microphone belongs to the extension's own page.
  openRecorder: null,
  surface: 'page',
  pass: null,
  // A page shows no notifications of its own: it would have to be open to do so.
  notifications: { access: async () => 'off', turnOn: async () => 'off', turnOff: async () => 'off' },
  root: document.documentElement,
  signal: ended.signal,
});
render(<App panel={panel} />, root);
// A page kept in the back-forward cache has lost its port for good.
window.addEventListener('pagehide', () => ended.abort(), { once: true });
window.addEventListener('pageshow', ({ persisted }) => persisted && window.location.reload());
// An invite that is opened in this very tab.
window.addEventListener('hashchange', () => window.location.reload());
