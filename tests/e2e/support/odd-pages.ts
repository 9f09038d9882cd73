/** Pages that are in the panel's way, by accident or on purpose. */
export interface OddPage {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const page = (title: string, rest: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1><p><input id="field" aria-label="Field"></p>${rest}</html>`;
const script = (text: string) => `<script>${text}</script>`;

export const ODD_PAGES: Readonly<Record<string, OddPage>> = {
  // Its own script never sees the extension's host, and has no storage.
  '/sandboxed': { body: page('Sandboxed', ''), headers: { 'content-security-policy': 'sandbox allow-scripts' } },
  '/on-top': {
    body: page(
      'On top',
      `<style>.top { position: fixed; inset: 0 0 0 auto; width: 500px; background: gold; z-index: 2147483647 }</style>${script(`
        setInterval(() => {
          document.querySelector('.top')?.remove();
          const top = document.createElement('div');
          top.className = 'top';
          document.documentElement.append(top);
        }, 50);`)}`,
    ),
  },
  '/untouchable': {
    body: page(
      'Untouchable',
      `<style>
        * { pointer-events: none !important; user-select: none !important; touch-action: none !important; cursor: none !important }
        sideroom-panel, html > :last-child { display: none !important; visibility: hidden !important; opacity: 0 !important; transform: scale(0) !important; width: 0 !important; clip-path: inset(50%) !important }
        iframe { display: none !important }
        :popover-open { inset: auto !important; content-visibility: hidden !important; filter: blur(9px) !important }
      </style>`,
    ),
  },
  '/key-thief': {
    body: page(
      'Key thief',
      script(`
        window.taken = [];
        for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste', 'compositionstart'])
          addEventListener(type, (event) => { taken.push(event.key ?? type); event.preventDefault(); event.stopImmediatePropagation(); }, true);
        for (const type of ['wheel', 'pointerdown', 'mousedown', 'click', 'contextmenu'])
          addEventListener(type, (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, { capture: true, passive: false });`),
    ),
  },
  '/focus-thief': {
    body: page(
      'Focus thief',
      script(`
        const field = document.querySelector('#field');
        window.steal = () => field.focus();
        window.stealByWindow = () => window.focus();
        window.stealByBlur = () => document.activeElement.blur();
        window.keepStealing = () => setInterval(() => field.focus(), 40);`),
    ),
  },
  '/zoomed': { body: page('Zoomed', '<style>html { zoom: 2; transform: scale(1.5) } body { font-size: 3em }</style>') },
  '/frames': {
    body: page('Frames', '<iframe src="/article" width="300"></iframe><iframe srcdoc="<p>inside</p>"></iframe>'),
  },
  '/frameset': {
    body: '<!doctype html><title>Frameset</title><frameset cols="50%,50%"><frame src="/article"><frame src="/long"></frameset>',
  },
  '/remover': {
    body: page(
      'Remover',
      script(`
        window.removed = 0;
        window.removeAt = (most) => new MutationObserver(() => {
          const panel = document.querySelector('sideroom-panel');
          if (panel === null || removed === most) return;
          removed += 1;
          panel.remove();
        }).observe(document.documentElement, { childList: true });`),
    ),
  },
  '/video': {
    body: page(
      'Video',
      `<video id="video" width="300" controls></video><button id="full" onclick="video.requestFullscreen()">Full screen</button>`,
    ),
  },
};
