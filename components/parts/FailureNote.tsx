import type { Failure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';
import './failure-note.css';
import { Icon } from './Icon.tsx';

/** Says beside a form or action why it did not work. The place exists beforehand, so that screen readers hear it. */
export function FailureNote({ failure }: { failure: Failure | null }) {
  return (
    <div role="alert">
      {failure !== null && (
        <div class="failure-note">
          <Icon name="alert" />
          <div>
            <p>{failureText(failure)}</p>
            {failure.detail !== undefined && <p class="detail">{failure.detail}</p>}
          </div>
        </div>
      )}
    </div>
  );
}
