import { browser } from 'wxt/browser';
import type { Surface } from '../../lib/model/protocol.ts';
import type { Passes } from './passes.ts';

/** What the browser says of the other end of a port. `documentId` is missing in older Firefox. */
export interface PortSender {
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
}

/**
 * Whether the panel behind this port may show anything. In a frame only with the pass of that very frame; elsewhere only as the
 * top document of a page of the extension itself, which no website can cover.
 */
export async function admit(
  sender: PortSender,
  hello: { surface: Surface; pass: string | null },
  passes: Passes,
): Promise<boolean> {
  if (!sender.url?.startsWith(browser.runtime.getURL('/'))) return false;
  const framed = sender.frameId !== undefined && sender.frameId !== 0;
  if (hello.surface !== 'overlay') return !framed;
  const tabId = sender.tab?.id;
  if (!framed || tabId === undefined || hello.pass === null) return false;
  return passes.admit(hello.pass, { tabId, documentId: sender.documentId ?? `frame ${sender.frameId}` });
}
