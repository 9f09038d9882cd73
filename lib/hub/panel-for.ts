import type { Panel } from './request-handlers.ts';

/**
 * The panel in which a chat is best opened: one that shows it, else one that is in sight, else Sideroom's own window. Null where
 * there is none: what a hidden page's overlay shows is not changed behind its person's back.
 */
export function panelFor(chatId: string, panels: Iterable<Panel>): Panel | null {
  const ranked = [...panels]
    .map((panel) => ({ panel, rank: rankOf(panel, chatId) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank);
  return ranked[0]?.panel ?? null;
}

function rankOf(panel: Pick<Panel, 'chatId' | 'visible' | 'surface'>, chatId: string): number {
  if (panel.chatId === chatId) return panel.visible ? 4 : 3;
  if (panel.visible) return 2;
  return panel.surface === 'window' ? 1 : 0;
}
