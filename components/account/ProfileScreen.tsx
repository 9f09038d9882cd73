import { InviteBanner } from '../invite/InviteBanner.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { ProfileForm } from './ProfileForm.tsx';

/** Who signed up says who they are before anything else. */
export function ProfileScreen({ userId }: { userId: string }) {
  const intent = usePanel().app.value?.intent ?? null;
  return (
    <main class="profile-screen">
      {intent !== null && <InviteBanner token={intent.token} />}
      <header>
        <h1>Who are you?</h1>
        <p>This is what the people in your groups see. You can change it at any time.</p>
      </header>
      <ProfileForm person={{ id: userId }} action="Go on" onSaved={() => {}} />
    </main>
  );
}
