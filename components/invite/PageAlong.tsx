import type { Passage } from '../../lib/model/passage.ts';
import { usePanel } from '../panel/panel-context.ts';
import { CheckField } from '../parts/CheckField.tsx';
import './invite-options.css';
import { PassageLine } from './PassageLine.tsx';

interface PageAlongProps {
  page: Passage | null;
  onChange: (page: Passage | null) => void;
}

/** Whether the page beside the panel, and what is selected on it, goes along with the link. It is read only when this is asked for. */
export function PageAlong({ page, onChange }: PageAlongProps) {
  const { client, toaster } = usePanel();

  async function take(): Promise<void> {
    const read = await client.request('readPassage', {});
    if (read === null) toaster.show('There is no page here to take along. Open Sideroom over a webpage first.');
    else onChange(read);
  }

  return (
    <div class="invite-page">
      <CheckField
        class="invite-approval"
        label="Bring them to this page"
        hint="It opens for whoever joins, at the passage that you have selected."
        checked={page !== null}
        onChange={(wanted) => {
          if (wanted) take().catch(toaster.showFailure);
          else onChange(null);
        }}
      />
      {page !== null && <PassageLine passage={page} />}
    </div>
  );
}
