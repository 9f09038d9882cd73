import { useRef } from 'preact/hooks';
import './crop-frame.css';
import { type Area, type Corner, moveCorner } from './crop-area.ts';

interface CropFrameProps {
  picture: { readonly width: number; readonly height: number };
  url: string;
  area: Area;
  onArea: (area: Area) => void;
}

const CORNERS: readonly Corner[] = ['top left', 'top right', 'bottom left', 'bottom right'];
/** One press of an arrow key, in parts of a side. */
const STEP = 0.02;
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** A picture with a frame around what is to be kept of it; its corners are dragged or moved by arrow keys. */
export function CropFrame({ picture, url, area, onArea }: CropFrameProps) {
  const box = useRef<HTMLDivElement>(null);
  const percent = (part: number) => `${part * 100}%`;

  function handleDrag(event: PointerEvent, corner: Corner): void {
    const button = event.currentTarget as HTMLElement;
    if (box.current === null || !button.hasPointerCapture(event.pointerId)) return;
    const { width, height } = box.current.getBoundingClientRect();
    onArea(moveCorner(area, corner, event.movementX / width, event.movementY / height));
  }

  return (
    <div ref={box} class="crop-frame" style={{ aspectRatio: `${picture.width} / ${picture.height}` }}>
      <img src={url} alt="What is in sight of the page" draggable={false} />
      <div
        class="crop-area"
        style={{
          left: percent(area.left),
          top: percent(area.top),
          width: percent(area.right - area.left),
          height: percent(area.bottom - area.top),
        }}
      >
        {CORNERS.map((corner) => (
          <button
            key={corner}
            type="button"
            class="crop-corner"
            data-corner={corner}
            aria-label={`Frame's ${corner} corner`}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => handleDrag(event, corner)}
            onKeyDown={(event) => {
              const move = KEYS[event.key];
              if (move === undefined) return;
              event.preventDefault();
              onArea(moveCorner(area, corner, ...move));
            }}
          />
        ))}
      </div>
    </div>
  );
}
