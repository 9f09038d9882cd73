import type { Session } from '../../lib/model/protocol.ts';
import { InviteBanner } from '../invite/InviteBanner.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { PlainScreen } from '../parts/PlainScreen.tsx';
import { BirthDateForm } from './BirthDateForm.tsx';
import { ProfileForm } from './ProfileForm.tsx';

/** Who signed up says how old they are and then who, before anything else. */
export function ProfileScreen({ session }: { session: Extract<Session, { name: 'needs-profile' }> }) {
  const intent = usePanel().app.value?.intent ?? null;
  return (
    <PlainScreen>
      {intent !== null && <InviteBanner token={intent.token} />}
      {session.isAgeKnown ? (
        <>
          <div class="greeting">
            <h1>Who are you?</h1>
            <p>This is what the people in your groups see. You can change it at any time.</p>
          </div>
          <ProfileForm person={{ id: session.userId }} action="Go on" onSaved={() => {}} />
        </>
      ) : (
        <>
          <div class="greeting">
            <h1>When were you born?</h1>
            <p>Sideroom asks once, so that it can take good care of younger people.</p>
          </div>
          <BirthDateForm />
        </>
      )}
    </PlainScreen>
  );
}
