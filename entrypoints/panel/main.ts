import { showPanel } from './show-panel.tsx';
import { readPlace } from './surface.ts';

showPanel(readPlace(window));
