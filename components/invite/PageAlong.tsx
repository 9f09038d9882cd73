import type { Passage } from '../../lib/model/passage.ts';
import { usePanel } from '../panel/panel-context.ts';
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
      <label class="invite-approval">
        <input
          type="checkbox"
          checked={page !== null}
          onChange={(event) => {
            const wanted = event.currentTarget.checked;
            event.currentTarget.checked = page !== null;
            if (wanted) take().catch(toaster.showFailure);
            else onChange(null);
          }}
        />
        <span>
          Bring them to this page
          <span class="hint">It opens for whoever joins, at the passage that you have selected.</span>
        </span>
      </label>
      {page !== null && <PassageLine passage={page} />}
    </div>
  );
}
