const MOST_FRAMES = 20;

/** Documents of the frames that a page may look into itself, from the top; frames of others are closed. */
export function sameOriginFrames(document: Document): Document[] {
  const found: Document[] = [];
  for (const frame of document.querySelectorAll<HTMLIFrameElement | HTMLFrameElement>('iframe, frame')) {
    const inner = contentOf(frame);
    if (inner === null || inner.body === null) continue;
    found.push(inner, ...sameOriginFrames(inner));
    if (found.length >= MOST_FRAMES) break;
  }
  return found.slice(0, MOST_FRAMES);
}

function contentOf(frame: HTMLIFrameElement | HTMLFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    // Of another origin, as browsers say it that throw.
    return null;
  }
}
