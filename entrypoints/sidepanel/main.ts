import { showPanel } from '../panel/show-panel.tsx';

// No fragment reaches this page: browsers open it by the address in the manifest.
showPanel({ surface: 'side-panel', pass: null, isBack: false });
