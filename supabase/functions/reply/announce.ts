import type { AiService, Replies } from '../_shared/replies.ts';

/** Tells the database, once in the life of a worker, what the AI's service has. Never rejects: what fails is tried at the next call. */
export function announceOnce(replies: Pick<Replies, 'announce'>, service: AiService): () => Promise<void> {
  let isTold = false;
  return async () => {
    if (isTold) return;
    isTold = true;
    try {
      await replies.announce(service);
    } catch {
      // Nothing that is asked for depends on it.
      isTold = false;
    }
  };
}
