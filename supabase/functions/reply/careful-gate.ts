import type { LeasedJob, Replies } from '../_shared/replies.ts';
import { readCare, screen } from './care.ts';
import type { Gate } from './gate.ts';
import { ModelError } from './model-failure.ts';
import type { Moderator } from './moderator.ts';

interface Deps {
  readonly replies: Pick<Replies, 'readCare'>;
  readonly gate: Gate;
  readonly moderator?: Moderator;
}

/** The gate for one job: in a restricted chat it is asked about nothing that is of concern. Then, as without an answer, the AI stays silent. */
export function carefulGate(job: LeasedJob, { replies, gate, moderator }: Deps): Gate {
  return {
    ...gate,
    async ask(question) {
      const care = await readCare(job, question.context, replies);
      if (care === null) return null;
      try {
        const screened = await screen(question.context, { files: new Map(), pages: new Map() }, care, moderator);
        return screened.kind === 'withheld' ? null : await gate.ask({ ...question, context: screened.context });
      } catch (thrown) {
        if (thrown instanceof ModelError) return null;
        throw thrown;
      }
    },
  };
}
