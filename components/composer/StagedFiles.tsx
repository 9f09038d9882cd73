import type { ChatView } from '../../lib/model/chat-view.ts';
import type { StagedFile } from '../../lib/model/files.ts';
import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { sizeWord } from '../time-words.ts';
import './staged-files.css';

/** What was added to the message being written, with how far it has come. */
export function StagedFiles({ view }: { view: ChatView }) {
  const { staging } = usePanel();
  const coming = staging.of(view.chat.id).value;
  // Screenshots stand among the page shares, unless they fail.
  const shots = new Set(view.shares.map(({ screenshotId }) => screenshotId));
  const files = view.files.filter(({ id, state }) => state.name === 'failed' || !shots.has(id));
  if (files.length === 0 && coming === 0) return null;
  return (
    <ul class="staged-files" aria-label="Files of this message">
      {files.map((file) => (
        <StagedRow key={file.id} file={file} chatId={view.chat.id} />
      ))}
      {coming > 0 && view.files.every(({ state }) => state.name !== 'uploading') && (
        <li class="staged-file" role="status">
          <span class="staged-words">Getting ready…</span>
        </li>
      )}
    </ul>
  );
}

function StagedRow({ file, chatId }: { file: StagedFile; chatId: string }) {
  const { attachments, client, toaster } = usePanel();
  const { id, name, size, state } = file;
  const picture = file.hasThumbnail ? attachments.thumbnail({ chatId, id }).value : null;
  const share = state.name === 'uploading' ? state.sent / size : 1;
  return (
    <li class="staged-file" data-state={state.name}>
      {picture === null ? <Icon name="file" /> : <img class="staged-picture" src={picture} alt="" />}
      <span class="staged-words">
        <bdi class="staged-name" title={name}>
          {name}
        </bdi>
        <span class="staged-state">{stateWords(file)}</span>
      </span>
      {state.name === 'failed' && (
        <IconButton
          icon="retry"
          label={`Try ${name} again`}
          onClick={() => client.request('retryFile', { id }).catch(toaster.showFailure)}
        />
      )}
      <IconButton
        icon="close"
        label={`Remove ${name}`}
        onClick={() => client.request('discardFile', { id }).catch(toaster.showFailure)}
      />
      {state.name === 'uploading' && (
        <progress class="staged-progress" value={share} aria-label={`${name} is on its way`} />
      )}
    </li>
  );
}

function stateWords({ size, state }: StagedFile): string {
  if (state.name === 'failed') return failureText(state.failure);
  if (state.name === 'ready') return sizeWord(size);
  return `${Math.floor((state.sent / size) * 100)}% of ${sizeWord(size)}`;
}
