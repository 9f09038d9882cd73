import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Panel } from './panel.ts';

export const PanelContext = createContext<Panel | null>(null);

/** The panel that this component is part of. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === null) throw new Error('usePanel: no panel above this component');
  return panel;
}
