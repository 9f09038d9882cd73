import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Crop, moveCrop, sourceSquare, zoomCrop } from './crop.ts';

interface CropStageProps {
  picture: ImageBitmap;
  crop: Crop;
  onCrop: (crop: Crop) => void;
}

/** Pixels of the drawing: twice the size at which it is shown. */
const SIDE = 512;
/** One press of an arrow key, in sides of the square. */
const STEP = 0.02;
const ZOOM_STEP = 1.05;

/** The picture under a round window: drag or arrow keys move it, wheel or + and − zoom. */
export function CropStage({ picture, crop, onCrop }: CropStageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { x, y, side } = sourceSquare(picture, crop);
    context.clearRect(0, 0, SIDE, SIDE);
    context.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE);
  }, [picture, crop]);

  function handleDrag(event: PointerEvent): void {
    if (!canvas.current?.hasPointerCapture(event.pointerId)) return;
    const { clientWidth } = canvas.current;
    onCrop(moveCrop(picture, crop, event.movementX / clientWidth, event.movementY / clientWidth));
  }

  function handleWheel(event: WheelEvent): void {
    event.preventDefault();
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const px = (event.clientX - box.left) / box.width - 0.5;
    const py = (event.clientY - box.top) / box.height - 0.5;
    onCrop(zoomCrop(picture, crop, crop.zoom * Math.exp(-event.deltaY / 500), px, py));
  }

  function handleKey(event: KeyboardEvent): void {
    const next = keyCrop(event.key);
    if (next === null) return;
    event.preventDefault();
    onCrop(next);
  }

  function keyCrop(key: string): Crop | null {
    switch (key) {
      case 'ArrowLeft':
        return moveCrop(picture, crop, -STEP, 0);
      case 'ArrowRight':
        return moveCrop(picture, crop, STEP, 0);
      case 'ArrowUp':
        return moveCrop(picture, crop, 0, -STEP);
      case 'ArrowDown':
        return moveCrop(picture, crop, 0, STEP);
      case '+':
      case '=':
        return zoomCrop(picture, crop, crop.zoom * ZOOM_STEP);
      case '-':
        return zoomCrop(picture, crop, crop.zoom / ZOOM_STEP);
      default:
        return null;
    }
  }

  return (
    <div class="crop-stage">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: Biome takes a canvas for interactive; this role is what makes it so */}
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        tabIndex={0}
        role="application"
        aria-label="Your picture. Arrow keys move it, plus and minus zoom."
        data-focus
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={handleDrag}
        onWheel={handleWheel}
        onKeyDown={handleKey}
      />
    </div>
  );
}
