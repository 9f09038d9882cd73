/** What is open over the panel, the innermost last. Escape closes the innermost. */
export interface Layers {
  /** Something opened that Escape shall close by `onEscape`. Call what is returned when it has closed. */
  open(onEscape: () => void): () => void;
  /** False when nothing is open. */
  closeInnermost(): boolean;
}

export function createLayers(): Layers {
  const layers: { onEscape(): void }[] = [];
  return {
    open(onEscape) {
      const layer = { onEscape };
      layers.push(layer);
      return () => {
        const index = layers.indexOf(layer);
        if (index !== -1) layers.splice(index, 1);
      };
    },
    closeInnermost() {
      const innermost = layers.at(-1);
      innermost?.onEscape();
      return innermost !== undefined;
    },
  };
}
