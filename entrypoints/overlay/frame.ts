import { keepShown } from './keep-shown.ts';
import type { FromOverlay, MountReply, ToOverlay } from './messages.ts';
import { isPrinting, onPrinting } from './printing.ts';

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

/** How often it is put back where the page takes it out. */
const MOST_MOUNTS = 3;

/**
 * Opens the overlay over this page. Resolves to null when the page would make it unusable: then the background opens the panel
 * elsewhere, and so it does when the page keeps taking it out. One that `returns` leaves the keyboard to the page.
 */
export async function openOverlay(onClose: () => void, { returns = false } = {}): Promise<Overlay | null> {
  if (document.querySelector(':modal, :fullscreen') !== null) {
    await send({ type: 'overlay-blocked', why: 'dialog' });
    return null;
  }
  const focusedBefore = document.activeElement;
  let isOpen = true;
  let mounts = 0;
  let mounted: Mounted | null = null;
  await show();
  return { close };

  async function show(): Promise<void> {
    mounts += 1;
    mounted = await mount({
      isBack: returns,
      onRemoved: () => void handleRemoved(),
      onRestored: restore,
      onClose: close,
    });
    if (!isOpen) mounted.unmount();
  }

  /** The browser kept the page and shows it again: the panel in it has lost its port for good. */
  function restore(): void {
    mounted?.unmount();
    returns = true;
    mounts = 0;
    void show();
  }

  async function handleRemoved(): Promise<void> {
    mounted?.unmount();
    if (mounts < MOST_MOUNTS) return show();
    isOpen = false;
    onClose();
    await send({ type: 'overlay-blocked', why: 'removed' });
  }

  function close(): void {
    isOpen = false;
    mounted?.unmount();
    if (focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
    onClose();
    void send({ type: 'overlay-closed' });
  }
}

interface Mounted {
  unmount(): void;
}

interface Mounting {
  /** It was there before, so the keyboard stays where it is. */
  readonly isBack: boolean;
  /** The page took it out. */
  onRemoved(): void;
  /** The page was kept, and is shown again. */
  onRestored(): void;
  /** The person closed it from within. */
  onClose(): void;
}

/** Puts the frame over the page. */
async function mount({ isBack, onRemoved, onRestored, onClose }: Mounting): Promise<Mounted> {
  const reply = (await send({ type: 'overlay-mount' })) as MountReply;
  // Left over from before the extension was updated: its script is dead.
  for (const stale of document.querySelectorAll(TAG)) stale.remove();

  let { width } = reply;
  let veiled = false;
  const host = document.createElement(TAG);
  const frame = document.createElement('iframe');
  const restore = () => {
    setStyle(host, HOST_STYLE);
    host.style.setProperty('width', `${width}px`, 'important');
    // The frame has a visibility of its own.
    host.style.setProperty('opacity', veiled ? '0' : '1', 'important');
    if (isPrinting()) host.style.setProperty('display', 'none', 'important');
  };
  restore();
  setStyle(frame, FRAME_STYLE);
  frame.title = 'Sideroom';
  frame.allow = `clipboard-write *`;
  // Pages with COEP block other frames; a credentialless one has nothing of theirs to leak.
  (frame as HTMLIFrameElement & { credentialless: boolean }).credentialless = true;
  frame.src = `${chrome.runtime.getURL('/panel.html')}#overlay:${reply.pass}${isBack ? ':back' : ''}`;
  if (!isBack) frame.addEventListener('load', () => frame.focus(), { once: true });
  host.attachShadow({ mode: 'closed' }).append(frame);
  host.popover = 'manual';
  document.documentElement.append(host);
  host.showPopover();

  const ended = new AbortController();
  const kept = keepShown(host, { restore, onRemoved }, ended.signal);
  onPrinting(() => kept.change(restore), ended.signal);
  onPassing(onRestored, ended.signal);
  onKeysTaken(host, frame, ended.signal);
  const listen = (message: ToOverlay, _sender: unknown, answer: (done: true) => void): boolean => {
    if (message.type === 'overlay-close') onClose();
    else if (message.type === 'overlay-focus') giveKeys(frame);
    else if (message.type === 'overlay-width') width = message.width;
    else if (message.type === 'overlay-veil') veiled = message.on;
    else return false;
    kept.change(restore);
    if (message.type !== 'overlay-veil') return false;
    requestAnimationFrame(() => requestAnimationFrame(() => answer(true)));
    return true;
  };
  chrome.runtime.onMessage.addListener(listen);
  return {
    unmount() {
      ended.abort();
      chrome.runtime.onMessage.removeListener(listen);
      host.remove();
    },
  };
}

/** Tells where the page was left, and when it is shown again out of the browser's memory; Chromium keeps none with a panel in it. */
function onPassing(onRestored: () => void, signal: AbortSignal): void {
  addEventListener('pagehide', () => void send({ type: 'overlay-left', address: location.href }), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && onRestored(), { signal });
}

/**
 * Tells when a script took the keyboard. What a person does comes from a device, or makes something else the active element; only
 * Chromium tells of devices. Tab out of the frame looks like a script, which the panel knows better.
 */
function onKeysTaken(host: HTMLElement, frame: HTMLIFrameElement, signal: AbortSignal): void {
  const tell = () => void send({ type: 'keys-taken' });
  frame.addEventListener('blur', (event) => {
    if ((event as FocusEvent & { readonly sourceCapabilities?: unknown }).sourceCapabilities === null) tell();
  });
  addEventListener('focus', () => setTimeout(() => document.activeElement === host && tell()), { signal });
}

function giveKeys(frame: HTMLIFrameElement): void {
  frame.focus();
  // For a page that took it and left the frame the active element.
  frame.contentWindow?.focus();
}

function send(message: FromOverlay): Promise<unknown> {
  return chrome.runtime.sendMessage(message);
}

const HOST_STYLE = {
  all: 'initial',
  position: 'fixed',
  inset: '0 0 0 auto',
  // Of the window, not in units of it: those grow with a page that enlarges itself.
  height: 'auto',
  'max-width': '100%',
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
