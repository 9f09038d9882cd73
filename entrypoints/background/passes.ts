import { browser } from 'wxt/browser';

/** Who is on the other end of a port or message, as far as the browser vouches for it. */
export interface Frame {
  readonly tabId: number;
  /** Id of the document where the browser has one, else of the frame: a new frame never gets an old one's. */
  readonly documentId: string;
}

interface Pass {
  readonly tabId: number;
  /** Null until the first frame shows the pass; from then on it is worth nothing to any other. */
  readonly documentId: string | null;
}

const KEY = 'passes';

/**
 * Passes tell the overlay's own frame from one that a page made itself of the panel's address. They live in session storage, so
 * that a frame is still known after the worker was ended, and are forgotten with the browser session.
 */
export function createPasses() {
  let queue: Promise<unknown> = Promise.resolve();

  /** One change at a time: storage has no transactions. */
  function change<T>(edit: (passes: Record<string, Pass>) => T): Promise<T> {
    const next = queue.then(async () => {
      const { [KEY]: stored } = await browser.storage.session.get(KEY);
      const passes = { ...(stored as Record<string, Pass> | undefined) };
      const result = edit(passes);
      await browser.storage.session.set({ [KEY]: passes });
      return result;
    });
    queue = next.catch(() => {});
    return next;
  }

  return {
    /** A new pass for a frame about to be made in this tab. */
    issue(tabId: number): Promise<string> {
      const pass = crypto.randomUUID();
      return change((passes) => {
        passes[pass] = { tabId, documentId: null };
        return pass;
      });
    },

    /** Whether this frame is the one that the pass was made for. Binds the pass to it the first time. */
    admit(pass: string, frame: Frame): Promise<boolean> {
      return change((passes) => {
        const known = passes[pass];
        if (known === undefined || known.tabId !== frame.tabId) return false;
        if (known.documentId !== null) return known.documentId === frame.documentId;
        passes[pass] = { ...known, documentId: frame.documentId };
        return true;
      });
    },

    /** The tab is gone or shows another page. */
    forgetTab(tabId: number): Promise<void> {
      return change((passes) => {
        for (const [pass, { tabId: other }] of Object.entries(passes)) if (other === tabId) delete passes[pass];
      });
    },
  };
}

export type Passes = ReturnType<typeof createPasses>;
