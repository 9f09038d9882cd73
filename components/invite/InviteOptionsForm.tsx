import type { InviteOptions } from '../../lib/model/chat.ts';
import { CheckField } from '../parts/CheckField.tsx';
import { Choice } from '../parts/Choice.tsx';
import { Icon } from '../parts/Icon.tsx';
import './invite-options.css';

interface InviteOptionsFormProps {
  options: InviteOptions;
  onChange: (options: InviteOptions) => void;
}

const EXPIRIES: readonly (readonly [InviteOptions['expiresIn'], string])[] = [
  ['1 hour', '1 hour'],
  ['1 day', '1 day'],
  ['7 days', '7 days'],
  ['30 days', '30 days'],
  [null, 'until it is reset'],
];

const USES: readonly (readonly [InviteOptions['maxUses'], string])[] = [
  [1, '1 person'],
  [5, '5 people'],
  [20, '20 people'],
  [null, 'anyone who has it'],
];

const HISTORIES: readonly (readonly [InviteOptions['history'], string])[] = [
  ['all', 'everything'],
  ['last50', 'the last 50 messages'],
  ['none', 'nothing before'],
];

/** How the link may be used; each change makes another link. Most people never open this. */
export function InviteOptionsForm({ options, onChange }: InviteOptionsFormProps) {
  return (
    <details class="invite-options">
      <summary>
        <Icon name="chevron" />
        Options
      </summary>
      <div class="invite-choices">
        <Choice
          label="Works for"
          choices={EXPIRIES}
          value={options.expiresIn}
          onChoose={(expiresIn) => onChange({ ...options, expiresIn })}
        />
        <Choice
          label="Lets in"
          choices={USES}
          value={options.maxUses}
          onChoose={(maxUses) => onChange({ ...options, maxUses })}
        />
        <Choice
          label="People who join see"
          choices={HISTORIES}
          value={options.history}
          onChoose={(history) => onChange({ ...options, history })}
        />
        <CheckField
          class="invite-approval"
          label="Needs approval"
          hint="One of you lets each person in."
          checked={options.needsApproval}
          onChange={(needsApproval) => onChange({ ...options, needsApproval })}
        />
      </div>
    </details>
  );
}
