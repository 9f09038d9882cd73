import { useState } from 'preact/hooks';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { CENTERED, type Crop, MAX_ZOOM, zoomCrop } from './crop.ts';
import './crop-sheet.css';
import { CropStage } from './CropStage.tsx';
import { cropPicture } from './picture.ts';

interface CropSheetProps {
  picture: ImageBitmap;
  onClose: () => void;
  onCropped: (dataUrl: string) => void;
}

/** Which square of a picture becomes the avatar. */
export function CropSheet({ picture, onClose, onCropped }: CropSheetProps) {
  const [crop, setCrop] = useState<Crop>(CENTERED);
  const { busy, failure, run } = useAction();
  return (
    <Sheet
      title="Choose the part to show"
      onClose={onClose}
      actions={
        <Button
          look="primary"
          wide
          busy={busy}
          onClick={() => void run(async () => onCropped(await cropPicture(picture, crop)))}
        >
          Use this part
        </Button>
      }
    >
      <CropStage picture={picture} crop={crop} onCrop={setCrop} />
      <label class="crop-zoom">
        Zoom
        <input
          type="range"
          min="1"
          max={MAX_ZOOM}
          step="0.01"
          value={crop.zoom}
          onInput={(event) => setCrop(zoomCrop(picture, crop, event.currentTarget.valueAsNumber))}
        />
      </label>
      <FailureNote failure={failure} />
    </Sheet>
  );
}
