import './obstacle.css';
import type { Hindrance } from './panel/panel.ts';
import { usePanel } from './panel/panel-context.ts';
import { Button } from './parts/Button.tsx';
import { useLayer } from './parts/use-layer.ts';

const WORDS: Record<Hindrance, string> = {
  covered:
    'Something on this page covers Sideroom, so this was not done. In the side panel no page can get in the way.',
  settling: 'Sideroom has only just come into full view. Look again, then repeat it.',
  keys: 'This page keeps taking the keyboard away, so what you type may end up on the page. What you wrote here is kept; in the side panel you can go on.',
  unsupported:
    'In this browser a page could hide what you click here. Do this in the side panel, where no page can get in the way.',
};

/** What is in the way over this page, and where it is not. */
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
