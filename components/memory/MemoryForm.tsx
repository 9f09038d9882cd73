import { useState } from 'preact/hooks';
import { MAX_MEMORY_CHARACTERS, type Memory } from '../../lib/model/memory.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextArea } from '../parts/TextArea.tsx';
import { useAction } from '../parts/use-action.ts';
import { countWord } from '../time-words.ts';

interface MemoryFormProps {
  /** What is changed; a new one has no words yet. */
  memory: Pick<Memory, 'id' | 'body'>;
  action: string;
  onDone: (isSaved: boolean) => void;
}

export function MemoryForm({ memory, action, onDone }: MemoryFormProps) {
  const { client } = usePanel();
  // One id however often it is tried.
  const [id] = useState(memory.id);
  const [body, setBody] = useState(memory.body);
  const { busy, failure, run, clear } = useAction();
  const isTooLong = body.trim().length > MAX_MEMORY_CHARACTERS;

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (body.trim() === '' || isTooLong) return;
    if (await run(() => client.request('saveMemory', { id, body }))) onDone(true);
  }

  return (
    <form class="memory-form" noValidate onSubmit={handleSubmit} onInput={clear}>
      <TextArea
        label="What to remember"
        rows={3}
        value={body}
        onInput={setBody}
        problem={isTooLong ? `A memory holds up to ${countWord(MAX_MEMORY_CHARACTERS)} characters. Shorten it.` : null}
      />
      <FailureNote failure={failure} />
      <div class="memory-buttons">
        <Button onClick={() => onDone(false)}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy} disabled={body.trim() === '' || isTooLong}>
          {action}
        </Button>
      </div>
    </form>
  );
}
