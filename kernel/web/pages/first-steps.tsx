import { fetchMe, type Me } from '../session.ts';
import { t } from '../words/words.ts';
import { PasswordForm } from './password-form.tsx';
import { TotpSetup } from './totp-setup.tsx';

/** What must be done before anything else: a new password, then (for administrators) the second factor. */
export function FirstSteps({ me, onDone }: { me: Me; onDone: (me: Me) => void }) {
  const next = async () => onDone(await fetchMe());
  return (
    <section>
      <h2>{t(me.mustChange ? 'signin.change_title' : 'signin.enroll_title')}</h2>
      <p className="quiet first-lead">{t(me.mustChange ? 'signin.change_lead' : 'signin.enroll_lead')}</p>
      {me.mustChange ? <PasswordForm onDone={() => void next()} /> : <TotpSetup onDone={() => void next()} />}
    </section>
  );
}
