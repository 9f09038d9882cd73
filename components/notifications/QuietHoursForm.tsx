import { useState } from 'preact/hooks';
import type { QuietHours } from '../../lib/model/quiet-hours.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { CheckField } from '../parts/CheckField.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';

type Edited = { readonly [K in 'from' | 'to']?: string } & { readonly wanted?: boolean };

/** What most people sleep through. */
const USUAL = { from: '22:00', to: '07:00' };

/** The hours in which nothing is shown, the same in all of a person's browsers. What another one changes shows until something is changed here. */
export function QuietHoursForm({ hours }: { hours: QuietHours | null }) {
  const panel = usePanel();
  const [edited, setEdited] = useState<Edited>({});
  const { wanted, from, to } = { ...USUAL, ...hours, wanted: hours !== null, ...edited };
  const edit = (change: Edited) => setEdited({ ...edited, ...change });
  const action = useAction();
  const isChanged = wanted ? from !== hours?.from || to !== hours.to : hours !== null;
  const problem = wanted ? problemOf(from, to) : null;

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (problem !== null || !isChanged) return;
    const chosen = wanted ? { from, to } : null;
    const isDone = await action.run(() => panel.client.request('setQuietHours', { hours: chosen }));
    if (!isDone) return;
    setEdited({});
    panel.toaster.show(wanted ? 'Saved. It is quiet then in all your browsers.' : 'Quiet hours are off.');
  }

  return (
    <form class="quiet-hours" noValidate onSubmit={handleSubmit} onInput={action.clear}>
      <CheckField
        class="quiet-hours-wanted"
        label="Quiet hours"
        hint="Nothing is shown then. The number on the Sideroom button still counts."
        checked={wanted}
        onChange={(next) => edit({ wanted: next })}
      />
      {wanted && (
        <div class="quiet-hours-times">
          <TextField type="time" label="From" value={from} onInput={(time) => edit({ from: time })} />
          <TextField
            type="time"
            label="To"
            value={to}
            onInput={(time) => edit({ to: time })}
            problem={problem}
            hint={spanWords(from, to)}
          />
        </div>
      )}
      <FailureNote failure={action.failure} />
      {isChanged && (
        <Button type="submit" look="primary" busy={action.busy}>
          Save
        </Button>
      )}
    </form>
  );
}

function problemOf(from: string, to: string): string | null {
  if (from === '' || to === '') return 'Choose both times.';
  return from === to ? 'Choose two different times.' : null;
}

function spanWords(from: string, to: string): string {
  return to < from ? 'On the next day.' : 'On the same day.';
}
