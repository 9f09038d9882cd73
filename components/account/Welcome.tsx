import { useState } from 'preact/hooks';
import { InviteBanner } from '../invite/InviteBanner.tsx';
import { usePanel } from '../panel/panel-context.ts';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Mark } from '../parts/Mark.tsx';
import { PlainScreen } from '../parts/PlainScreen.tsx';
import { CodeForm } from './CodeForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { TooYoung } from './TooYoung.tsx';
import './welcome.css';

/** How a person comes in. The e-mail typed in one way is kept when they take another. */
type Way = 'sign-in' | 'sign-up' | 'code';

/** Shown to whoever is signed out. */
export function Welcome() {
  const { app } = usePanel();
  const [way, setWay] = useState<Way>('sign-in');
  const [email, setEmail] = useState('');
  /** Signed up, but the server wants the e-mail confirmed by a code. */
  const [confirming, setConfirming] = useState(false);
  /** Somebody was turned away here, and another person takes over. */
  const [isOther, setIsOther] = useState(false);
  const session = app.value?.session;
  const failure = session?.name === 'signed-out' ? session.failure : null;

  if (failure?.code === 'too_young' && !isOther)
    return (
      <PlainScreen>
        <TooYoung onOther={() => setIsOther(true)} />
      </PlainScreen>
    );
  return (
    <PlainScreen>
      {app.value?.intent ? (
        <>
          <InviteBanner token={app.value.intent.token} />
          <div class="greeting">
            <h1>Sign in to join</h1>
          </div>
        </>
      ) : (
        <Greeting />
      )}
      <FailureNote failure={failure?.code === 'too_young' ? null : failure} />
      {way === 'code' || confirming ? (
        <CodeForm
          email={email}
          onEmail={setEmail}
          isSent={confirming}
          onOtherWay={() => {
            setConfirming(false);
            setWay('sign-in');
          }}
        />
      ) : (
        <PasswordForm
          key={way}
          way={way}
          email={email}
          onEmail={setEmail}
          onWay={setWay}
          onUnconfirmed={() => setConfirming(true)}
        />
      )}
    </PlainScreen>
  );
}

function Greeting() {
  return (
    <div class="greeting">
      <Mark size={36} />
      <h1>Talk about the page you are on</h1>
      <p>Sideroom is a quiet place beside any webpage, for you, the people you invite and an AI.</p>
    </div>
  );
}
