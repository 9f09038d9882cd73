import { browser } from 'wxt/browser';
import { showPanel } from '../panel/show-panel.tsx';

// No fragment reaches this page: browsers open it by the address in the manifest.
const show = (windowId: number | null) => showPanel({ surface: 'side-panel', pass: null, isBack: false }, windowId);
browser.windows.getCurrent().then(
  ({ id }) => show(id ?? null),
  () => show(null),
);
