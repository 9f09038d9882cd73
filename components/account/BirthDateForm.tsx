import { useState } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';

/** Asked once, before anything else of a person. */
export function BirthDateForm() {
  const panel = usePanel();
  const [date, setDate] = useState('');
  const [checked, setChecked] = useState(false);
  const { busy, failure, run, clear } = useAction();
  const problem = checked ? problemOf(date) : null;

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (problemOf(date) !== null) return;
    await run(() => panel.client.request('setBirthDate', { date }));
  }

  return (
    <form class="form" noValidate onSubmit={handleSubmit} onInput={clear}>
      <TextField
        type="date"
        label="Date of birth"
        autocomplete="bday"
        isFirst
        value={date}
        onInput={setDate}
        problem={problem}
        hint="Nobody else sees it, and it cannot be changed later."
      />
      <FailureNote failure={failure} />
      <Button type="submit" look="primary" wide busy={busy}>
        Go on
      </Button>
    </form>
  );
}

/** A field that is not filled in whole has no value. */
function problemOf(date: string): string | null {
  if (date === '') return 'Enter the day, the month and the year.';
  const year = Number(date.slice(0, 4));
  const isPossible = year >= 1900 && new Date(date).getTime() <= Date.now();
  return isPossible ? null : 'This date cannot be your birthday. Check the year.';
}
