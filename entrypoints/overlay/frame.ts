import type { FromOverlay, MountReply, ToOverlay } from './messages.ts';

/**
 * The overlay: one iframe of the extension's origin as the only content of a closed shadow root. The page can neither read its
 * address nor hear its keys. All styles are inline and important, because a page's own `iframe { … !important }` would win otherwise.
 *
 * This file is injected into pages, so it uses the `chrome` namespace (which Firefox offers too) and imports nothing at run time.
 */
export interface Overlay {
  close(): void;
}

const TAG = 'sideroom-panel';

/** Opens the overlay over this page. Resolves to null when the page would make it unusable: then the background opens the panel elsewhere. */
export async function openOverlay(onClose: () => void): Promise<Overlay | null> {
  if (document.querySelector(':modal, :fullscreen') !== null) {
    await send({ type: 'overlay-blocked' });
    return null;
  }
  const { pass, width } = (await send({ type: 'overlay-mount' })) as MountReply;
  // Left over from before the extension was updated: its script is dead.
  for (const stale of document.querySelectorAll(TAG)) stale.remove();

  const host = document.createElement(TAG);
  const frame = document.createElement('iframe');
  setStyle(host, HOST_STYLE);
  setStyle(frame, FRAME_STYLE);
  setWidth(host, width);
  frame.title = 'Sideroom';
  frame.allow = `clipboard-write *`;
  // Pages with COEP block other frames; a credentialless one has nothing of theirs to leak.
  (frame as HTMLIFrameElement & { credentialless: boolean }).credentialless = true;
  frame.src = `${chrome.runtime.getURL('/panel.html')}#overlay:${pass}`;
  frame.addEventListener('load', () => frame.focus(), { once: true });
  host.attachShadow({ mode: 'closed' }).append(frame);
  host.popover = 'manual';

  const focusedBefore = document.activeElement;
  document.documentElement.append(host);
  host.showPopover();

  const overlay: Overlay = {
    close() {
      chrome.runtime.onMessage.removeListener(listen);
      host.remove();
      if (focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
      onClose();
    },
  };
  const listen = (message: ToOverlay, _sender: unknown, answer: (done: true) => void): boolean => {
    if (message.type === 'overlay-close') overlay.close();
    else if (message.type === 'overlay-width') setWidth(host, message.width);
    else if (message.type === 'overlay-veil') {
      // The frame has a visibility of its own.
      host.style.setProperty('opacity', message.on ? '0' : '1', 'important');
      requestAnimationFrame(() => requestAnimationFrame(() => answer(true)));
      return true;
    }
    return false;
  };
  chrome.runtime.onMessage.addListener(listen);
  return overlay;
}

function send(message: FromOverlay): Promise<unknown> {
  return chrome.runtime.sendMessage(message);
}

const HOST_STYLE = {
  all: 'initial',
  position: 'fixed',
  inset: '0 0 0 auto',
  height: '100dvh',
  'max-width': '100vw',
  border: '0',
  padding: '0',
  margin: '0',
  overflow: 'hidden',
  'z-index': '2147483647',
  display: 'block',
  background: 'transparent',
  'color-scheme': 'light dark',
  'box-shadow': '0 0 24px rgb(0 0 0 / 18%)',
};

const FRAME_STYLE = {
  all: 'initial',
  width: '100%',
  height: '100%',
  border: '0',
  display: 'block',
  'color-scheme': 'light dark',
};

function setStyle(element: HTMLElement, style: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, 'important');
}

function setWidth(host: HTMLElement, width: number): void {
  host.style.setProperty('width', `${width}px`, 'important');
}
