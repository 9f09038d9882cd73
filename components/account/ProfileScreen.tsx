import { InviteBanner } from '../invite/InviteBanner.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { PlainScreen } from '../parts/PlainScreen.tsx';
import { ProfileForm } from './ProfileForm.tsx';

/** Who signed up says who they are before anything else. */
export function ProfileScreen({ userId }: { userId: string }) {
  const intent = usePanel().app.value?.intent ?? null;
  return (
    <PlainScreen>
      {intent !== null && <InviteBanner token={intent.token} />}
      <div class="greeting">
        <h1>Who are you?</h1>
        <p>This is what the people in your groups see. You can change it at any time.</p>
      </div>
      <ProfileForm person={{ id: userId }} action="Go on" onSaved={() => {}} />
    </PlainScreen>
  );
}
