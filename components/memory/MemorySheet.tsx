import { useEffect, useState } from 'preact/hooks';
import { newId } from '../../lib/model/ids.ts';
import type { Memories } from '../../lib/model/memory.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { CheckField } from '../parts/CheckField.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import { MemoryForm } from './MemoryForm.tsx';
import { MemoryRow } from './MemoryRow.tsx';
import './memory-sheet.css';

/** All that the AI remembers of a person, in their chats alone with it: to read, change, delete and switch off. */
export function MemorySheet({ onClose }: { onClose: () => void }) {
  const { client } = usePanel();
  const [memories, setMemories] = useState<Memories | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const { failure, run } = useAction();

  async function load(): Promise<void> {
    await run(async () => setMemories(await client.request('readMemories', {})));
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the sheet opens
  useEffect(() => void load(), []);

  async function turn(on: boolean): Promise<void> {
    await run(() => client.request('setMemoriesOn', { on }));
    await load();
  }

  return (
    <Sheet title="Memory" onClose={onClose}>
      <p class="memory-words">
        What Sideroom remembers of you, in your chats alone with it. Groups never see it and never add to it.
      </p>
      <FailureNote failure={failure} />
      {memories === null && failure === null && <Skeleton rows={3} label="Your memories are being loaded" />}
      {memories === null && failure !== null && (
        <div>
          <Button onClick={() => void load()}>Try again</Button>
        </div>
      )}
      {memories !== null && (
        <>
          <CheckField
            class="memory-switch"
            label="Use my memories"
            hint="Switched off they stay here, and the AI does not read them."
            checked={memories.on}
            onChange={(on) => void turn(on)}
          />
          {memories.list.length === 0 && !isAdding && (
            <p class="memory-none">
              Nothing yet. Choose “Remember this” at a message in a chat of your own, or add something here.
            </p>
          )}
          {memories.list.length > 0 && (
            <ul class="memory-list" data-off={!memories.on}>
              {memories.list.map((memory) => (
                <MemoryRow key={memory.id} memory={memory} onChanged={load} />
              ))}
            </ul>
          )}
          {isAdding ? (
            <MemoryForm
              memory={{ id: newId(), body: '' }}
              action="Remember"
              onDone={(isSaved) => {
                setIsAdding(false);
                if (isSaved) void load();
              }}
            />
          ) : (
            <div>
              <Button icon="plus" onClick={() => setIsAdding(true)}>
                Add something
              </Button>
            </div>
          )}
        </>
      )}
    </Sheet>
  );
}
