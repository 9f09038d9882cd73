import { useState } from 'preact/hooks';
import { type ChatSummary, MAX_INSTRUCTIONS_CHARACTERS, MAX_TITLE_CHARACTERS } from '../../lib/model/chat.ts';
import { failure } from '../../lib/model/failure.ts';
import { countCharacters } from '../../lib/model/text.ts';
import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextArea } from '../parts/TextArea.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';

/** Name and instructions of a group. What others change meanwhile shows as long as nothing was typed here. */
export function AboutForm({ chat }: { chat: ChatSummary }) {
  const panel = usePanel();
  const [typedTitle, setTitle] = useState<string | null>(null);
  const [typedInstructions, setInstructions] = useState<string | null>(null);
  const action = useAction();
  const title = typedTitle ?? chat.title;
  const instructions = typedInstructions ?? chat.instructions;
  const name = title.trim();
  const titleProblem =
    name === '' || countCharacters(name) > MAX_TITLE_CHARACTERS ? failureText(failure('title_invalid')) : null;
  const instructionsProblem =
    countCharacters(instructions) > MAX_INSTRUCTIONS_CHARACTERS ? failureText(failure('instructions_too_long')) : null;
  const isChanged = name !== chat.title || instructions !== chat.instructions;

  async function save(): Promise<void> {
    const chatId = chat.id;
    if (name !== chat.title) await panel.client.request('renameChat', { chatId, title: name });
    if (instructions !== chat.instructions) await panel.client.request('setInstructions', { chatId, instructions });
  }

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (titleProblem !== null || instructionsProblem !== null || !isChanged || !(await action.run(save))) return;
    setTitle(null);
    setInstructions(null);
    panel.toaster.show('Saved. The group is told in the chat.');
  }

  return (
    <form class="form" noValidate onSubmit={handleSubmit} onInput={action.clear}>
      <TextField label="Name" value={title} onInput={setTitle} problem={titleProblem} dir="auto" />
      <TextArea
        label="What the AI should know"
        value={instructions}
        onInput={setInstructions}
        rows={3}
        placeholder="We read one chapter a week. No spoilers."
        hint="Everyone here sees this and may change it."
        problem={instructionsProblem}
      />
      <FailureNote failure={action.failure} />
      {isChanged && (
        <Button type="submit" look="primary" busy={action.busy}>
          Save
        </Button>
      )}
    </form>
  );
}
