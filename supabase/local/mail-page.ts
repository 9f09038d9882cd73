import { html } from 'hono/html';
import type { Mail } from './api/api.ts';

const CODE = /\b\d{6}\b/;

/** The sign-in code in a mail, or null. */
export function codeIn(mail: Pick<Mail, 'text'>): string | null {
  return CODE.exec(mail.text)?.[0] ?? null;
}

/** The development inbox: what would have been mailed, newest first. */
export function mailPage(mails: readonly Mail[]) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta http-equiv="refresh" content="3" />
    <title>Inbox · Sideroom development</title>
    <link rel="stylesheet" href="/assets/page.css" />
  </head>
  <body>
    <main>
      <h1>Inbox</h1>
      <p class="soft">Nothing is mailed here: what would have been sent shows up below. The page looks again every 3 seconds.</p>
      ${mails.length === 0 ? html`<p class="empty">No mail yet. Ask for a code in Sideroom.</p>` : ''}
      <ul class="mails">
        ${mails.map(
          (mail) => html`<li>
            <div>
              <strong>${mail.to}</strong>
              <span class="soft">${mail.subject} · <time>${mail.sentAt.slice(11, 19)} UTC</time></span>
            </div>
            <code>${codeIn(mail) ?? ''}</code>
          </li>`,
        )}
      </ul>
    </main>
  </body>
</html>`;
}
