import { useState } from 'preact/hooks';
import type { Memory } from '../../lib/model/memory.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { MemoryForm } from './MemoryForm.tsx';

interface MemoryRowProps {
  memory: Memory;
  onChanged: () => Promise<void>;
}

export function MemoryRow({ memory, onChanged }: MemoryRowProps) {
  const { client } = usePanel();
  const [step, setStep] = useState<'edit' | 'delete' | null>(null);
  const done = (isDone: boolean) => {
    setStep(null);
    if (isDone) void onChanged();
  };
  if (step === 'edit')
    return (
      <li>
        <MemoryForm memory={memory} action="Save" onDone={done} />
      </li>
    );
  return (
    <li>
      <div class="memory-row">
        <p dir="auto">{memory.body}</p>
        <IconButton icon="pencil" label="Edit" onClick={() => setStep('edit')} />
        <IconButton icon="trash" label="Delete" onClick={() => setStep('delete')} />
      </div>
      {step === 'delete' && (
        <Confirm
          action="Delete"
          isSeen={() => true}
          onConfirm={() => client.request('forgetMemory', { id: memory.id })}
          onDone={done}
        >
          The AI forgets this. What was said in chats stays there.
        </Confirm>
      )}
    </li>
  );
}
