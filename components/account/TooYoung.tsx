import { Button } from '../parts/Button.tsx';
import { Mark } from '../parts/Mark.tsx';

/** Whoever is younger than this deployment allows is told so kindly, and not how to get around it. */
export function TooYoung({ onOther }: { onOther: () => void }) {
  return (
    <>
      <div class="greeting" role="status">
        <Mark size={36} />
        <h1>Sideroom is not for you yet</h1>
        <p>You need to be a little older to use it. That has nothing to do with you: it is the rule for everybody.</p>
        <p>There is no account, and nothing of what you typed was kept.</p>
      </div>
      <div class="form-ways">
        <Button look="quiet" onClick={onOther}>
          Somebody else wants to sign in
        </Button>
      </div>
    </>
  );
}
