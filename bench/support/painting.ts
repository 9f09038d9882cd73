import type { SignedIn } from './signed-in.ts';

/** Notes in a panel that shows a chat when each new message stood on the screen: a frame after it came into the document. Only the last message counts. */
export async function watchPainting({ panel }: Pick<SignedIn, 'panel'>): Promise<void> {
  await panel.frame.waitForSelector('.message-scroller');
  await panel.frame.evaluate(() => {
    const paintedAt = new Map<string, number>();
    (globalThis as { paintedAt?: Map<string, number> }).paintedAt = paintedAt;
    new MutationObserver(() => {
      const rows = document.querySelectorAll<HTMLElement>('[data-message] .message-body');
      const text = rows[rows.length - 1]?.textContent ?? '';
      if (paintedAt.has(text)) return;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => paintedAt.set(text, performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** When the message with this text was painted, as `now()` tells it. */
export async function whenPainted({ panel }: Pick<SignedIn, 'panel'>, text: string): Promise<number> {
  const painted = await panel.frame.waitForFunction(
    (wanted) => (globalThis as { paintedAt?: Map<string, number> }).paintedAt?.get(wanted),
    {},
    text,
  );
  return (await painted.jsonValue()) as number;
}
