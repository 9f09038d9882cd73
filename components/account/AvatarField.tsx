import { useRef, useState } from 'preact/hooks';
import type { Person } from '../../lib/model/chat.ts';
import { type Failure, toFailure } from '../../lib/model/failure.ts';
import type { AvatarChoice } from '../../lib/model/protocol.ts';
import { Avatar, GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import './avatar-field.css';
import { CropSheet } from './CropSheet.tsx';
import { decodePicture } from './picture.ts';

interface AvatarFieldProps {
  person: Person;
  choice: AvatarChoice;
  onChoice: (choice: AvatarChoice) => void;
}

/** The picture that others will see, with ways to choose another. */
export function AvatarField({ person, choice, onChoice }: AvatarFieldProps) {
  const file = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const hasPicture = choice.kind === 'image' || (choice.kind === 'keep' && person.avatarPath !== null);

  async function handleFile(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    setFailure(null);
    try {
      setPicture(await decodePicture(chosen));
    } catch (thrown) {
      setFailure(toFailure(thrown));
    }
  }

  return (
    <div class="avatar-field">
      {choice.kind === 'image' && <img class="avatar size-72" src={choice.dataUrl} alt="" />}
      {choice.kind === 'keep' && <Avatar person={person} size={72} />}
      {choice.kind === 'generated' && <GeneratedAvatar id={person.id} name={person.displayName || '?'} size={72} />}
      <div class="avatar-choices">
        <Button icon="picture" onClick={() => file.current?.click()}>
          {hasPicture ? 'Choose another picture' : 'Choose a picture'}
        </Button>
        {hasPicture && (
          <Button look="quiet" onClick={() => onChoice({ kind: 'generated' })}>
            Use initials
          </Button>
        )}
      </div>
      <input
        ref={file}
        class="visually-hidden"
        type="file"
        accept="image/png,image/jpeg,image/webp"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void handleFile(event.currentTarget.files?.[0]);
          // Choosing the same file again is a change, too.
          event.currentTarget.value = '';
        }}
      />
      <FailureNote failure={failure} />
      {picture !== null && (
        <CropSheet
          picture={picture}
          onClose={() => setPicture(null)}
          onCropped={(dataUrl) => {
            setPicture(null);
            onChoice({ kind: 'image', dataUrl });
          }}
        />
      )}
    </div>
  );
}
