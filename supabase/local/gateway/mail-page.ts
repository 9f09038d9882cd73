import { html } from 'hono/html';
import type { Mail } from '../api/api.ts';

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
    <noscript><meta http-equiv="refresh" content="3" /></noscript>
    <title>Inbox · Sideroom development</title>
    <link rel="stylesheet" href="/assets/page.css" />
    <script type="module" src="/assets/mail.js"></script>
  </head>
  <body>
    <main>
      <h1>Inbox</h1>
      <p class="soft">Nothing is mailed from this machine. What would have been sent shows up here by itself.</p>
      <div id="mails" data-newest="${mails[0]?.sentAt ?? ''}" aria-live="polite">
        ${mails.length === 0 ? html`<p class="empty">No mail yet. Ask for a code in Sideroom.</p>` : ''}
        <ul class="mails">${mails.map(mailItem)}</ul>
      </div>
    </main>
  </body>
</html>`;
}

function mailItem(mail: Mail) {
  const code = codeIn(mail);
  return html`<li>
    <div>
      <strong>${mail.to}</strong>
      <span class="soft">${mail.subject} · <time datetime="${mail.sentAt}">${mail.sentAt.slice(11, 19)} UTC</time></span>
    </div>
    ${code === null ? '' : html`<code>${code}</code><button type="button" data-code="${code}">Copy</button>`}
  </li>`;
}
