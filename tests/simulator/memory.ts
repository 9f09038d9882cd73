import type { TestPanel } from '../support/browser.ts';

/** What a person's panels ever showed of a chat. */
export interface Memory {
  /** Seqs of messages. */
  readonly seqs: ReadonlySet<number>;
  /** Every wording of every message, as `wordingKey` makes them. */
  readonly wordings: ReadonlySet<string>;
  /** When own messages were last seen to stop waiting, by id. */
  readonly stopped: ReadonlyMap<string, number>;
}

export function wordingKey(messageId: string, body: string): string {
  return `${messageId} ${body}`;
}

/** Remembers what a panel shows from now on. What no panel may show at any moment goes to `sights`. */
export function remember(panel: TestPanel, name: string, sights: string[]): Memory {
  const seqs = new Set<number>();
  const wordings = new Set<string>();
  const stopped = new Map<string, number>();
  let waiting: ReadonlySet<string> = new Set();
  panel.subscribe(({ view }) => {
    if (view === null) return;
    sights.push(...disorderOf(view.messages.map(({ seq }) => seq)).map((fault) => `${name}'s panel showed ${fault}`));
    for (const { id, seq, body } of view.messages) {
      seqs.add(seq);
      wordings.add(wordingKey(id, body));
    }
    const now = new Set(view.outbox.map(({ id }) => id));
    for (const id of waiting) if (!now.has(id)) stopped.set(id, Date.now());
    for (const id of now) stopped.delete(id);
    waiting = now;
  });
  return { seqs, wordings, stopped };
}

/** Where a list of seqs does not rise, in words. */
export function disorderOf(seqs: readonly number[]): string[] {
  return seqs.flatMap((seq, index) => {
    const before = seqs[index - 1] ?? 0;
    return seq > before ? [] : [`seq ${seq} after ${before}`];
  });
}
