import { useState } from 'preact/hooks';
import type { Attachment } from '../../lib/model/chat.ts';
import type { FileFacts } from '../../lib/model/files.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Icon } from '../parts/Icon.tsx';
import { sizeWord } from '../time-words.ts';
import { AttachmentSheet } from './AttachmentSheet.tsx';
import './attachments.css';

interface AttachmentsProps {
  chatId: string;
  files: readonly (Attachment | FileFacts)[];
}

/** The files of a message: small pictures, and names of all others. A click shows or saves one. */
export function Attachments({ chatId, files }: AttachmentsProps) {
  const [open, setOpen] = useState<Attachment | FileFacts | null>(null);
  if (files.length === 0) return null;
  return (
    <ul class="attachments" aria-label="Files">
      {files.map((file) => (
        <li key={file.id}>
          {file.hasThumbnail ? (
            <Picture chatId={chatId} file={file} onOpen={() => setOpen(file)} />
          ) : (
            <button type="button" class="attachment-file" title={file.name} onClick={() => setOpen(file)}>
              <Icon name="file" />
              <span class="attachment-words">
                <bdi class="attachment-name">{file.name}</bdi>
                <span class="attachment-size">{sizeWord(file.size)}</span>
              </span>
            </button>
          )}
        </li>
      ))}
      {open !== null && <AttachmentSheet chatId={chatId} file={open} onClose={() => setOpen(null)} />}
    </ul>
  );
}

const BOX = { width: 300, height: 220 };

/** A picture takes its place before it is there. */
function Picture({ chatId, file, onOpen }: { chatId: string; file: Attachment | FileFacts; onOpen: () => void }) {
  const { attachments } = usePanel();
  const picture = attachments.thumbnail({ chatId, id: file.id }).value;
  const { width, height } = { width: file.width ?? BOX.width, height: file.height ?? BOX.height };
  const scale = Math.min(1, BOX.width / width, BOX.height / height);
  return (
    <button
      type="button"
      class="attachment-picture"
      aria-label={`Show ${file.name}`}
      title={file.name}
      style={{ inlineSize: `${Math.max(48, width * scale)}px`, aspectRatio: `${width} / ${height}` }}
      onClick={onOpen}
    >
      {picture !== null && <img src={picture} alt="" />}
    </button>
  );
}
