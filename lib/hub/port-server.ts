import { failure, toFailure } from '../model/failure.ts';
import type { AnyRequest, HubMessage, PanelMessage, Surface } from '../model/protocol.ts';
import type { AppStateBox } from './app-state.ts';
import type { HubDeps, PanelHost } from './deps.ts';
import type { Port } from './port.ts';
import type { Handlers, Panel } from './request-handlers.ts';
import { parsePanelMessage } from './requests.ts';

/** The hub's end of a panel's port. */
export type PanelPort = Port<HubMessage, PanelMessage>;

interface Deps {
  readonly state: AppStateBox;
  readonly handlers: Handlers;
  /** Resolves when what is stored is loaded: a panel's first word from the hub is complete. */
  readonly restored: Promise<unknown>;
  /** The chat that a panel of this surface opens on. */
  firstChat(surface: Surface): string | null;
  onCome(): void;
  onAdmitted(panel: Panel): void;
  onGone(panel: Panel | null): void;
  readonly log: NonNullable<HubDeps['log']>;
}

/** Serves one panel until its port breaks. Before it is admitted it hears nothing but whether it is. */
export function servePanel(port: PanelPort, host: PanelHost, deps: Deps): void {
  const { state, handlers } = deps;
  let panel: Panel | null = null;
  let greeted = false;
  let gone = false;
  let unsubscribe = () => {};

  function post(message: HubMessage): void {
    if (gone) return;
    try {
      port.postMessage(message);
    } catch {
      // The panel's page went away before its port said so.
      end();
    }
  }

  async function greet(hello: Extract<PanelMessage, { type: 'hello' }>): Promise<void> {
    if (greeted) return;
    greeted = true;
    const [admitted] = await Promise.all([host.admit(hello), deps.restored]);
    if (gone) return;
    if (!admitted) return post({ type: 'refused' });
    panel = { host, surface: hello.surface, chatId: null, visible: false, post };
    deps.onAdmitted(panel);
    const unsubscribes = [
      state.subscribe((change) => post({ type: 'state', state: change })),
      host.onPage((news) => post({ type: 'page', news })),
    ];
    unsubscribe = () => {
      for (const end of unsubscribes) end();
    };
    post({ type: 'welcome', state: state.get(), chatId: deps.firstChat(hello.surface) });
  }

  async function answer(id: number, request: AnyRequest, asker: Panel): Promise<void> {
    try {
      post({ type: 'response', id, ok: true, value: await call(handlers, request, asker) });
    } catch (reason) {
      const failed = toFailure(reason);
      if (failed.kind === 'unknown') deps.log('request-failed', { name: request.name, detail: failed.detail ?? '' });
      post({ type: 'response', id, ok: false, failure: failed });
    }
  }

  deps.onCome();
  port.onMessage((message) => {
    const parsed = parsePanelMessage(message);
    if (parsed === null || gone) return;
    if (parsed.type === 'hello') {
      greet(parsed.hello).catch((reason: unknown) => {
        deps.log('greeting-failed', { detail: toFailure(reason).detail ?? '' });
        // Without an answer the panel would wait for ever: broken, it asks again.
        port.disconnect();
        end();
      });
    } else if (panel !== null) {
      if (parsed.type === 'request') void answer(parsed.id, parsed.request, panel);
      else
        post({
          type: 'response',
          id: parsed.id,
          ok: false,
          failure: failure('unknown', { detail: 'request not understood' }),
        });
    }
  });
  port.onDisconnect(end);

  function end(): void {
    if (gone) return;
    gone = true;
    unsubscribe();
    deps.onGone(panel);
  }
}

/** The request's own handler. It is called at once, before anything is awaited. */
function call(handlers: Handlers, { name, params }: AnyRequest, panel: Panel): unknown {
  const handler = handlers[name] as (params: AnyRequest['params'], panel: Panel) => unknown;
  return handler(params, panel);
}
