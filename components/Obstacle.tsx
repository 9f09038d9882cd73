import type { Verdict } from './visibility-guard.ts';
import './obstacle.css';
import { usePanel } from './panel/panel-context.ts';
import { Button } from './parts/Button.tsx';
import { useLayer } from './parts/use-layer.ts';

const WORDS: Record<Exclude<Verdict, 'clear'>, string> = {
  covered:
    'Something on this page covers Sideroom, so this was not done. In the side panel no page can get in the way.',
  settling: 'Sideroom has only just come into full view. Look again, then repeat it.',
  unsupported:
    'In this browser a page could hide what you click here. Do this in the side panel, where no page can get in the way.',
};

/** Why a sensitive action was not done over this page, and where it can be. */
export function Obstacle() {
  const { obstacle, client, drafts, toaster, dismissObstacle } = usePanel();
  const why = obstacle.value;
  useLayer(why !== null, dismissObstacle);
  if (why === null) return null;
  return (
    <div class="obstacle" role="alert">
      <p>{WORDS[why]}</p>
      <div>
        {why !== 'settling' && (
          <Button
            look="primary"
            icon="side-panel"
            onClick={() => {
              drafts.flush();
              client.request('openSurface', { surface: 'side-panel' }).then(dismissObstacle, toaster.showFailure);
            }}
          >
            Open the side panel
          </Button>
        )}
        <Button look="quiet" onClick={dismissObstacle}>
          Understood
        </Button>
      </div>
    </div>
  );
}
