import type { Page } from 'puppeteer-core';
import { launchPerson, type PersonBrowser } from '../../tests/e2e/support/chromium.ts';
import { type PanelUser, panelUser } from '../../tests/e2e/support/panel.ts';
import type { BenchContext } from './bench.ts';
import type { ApiPerson } from './people.ts';

export interface SignedIn {
  readonly person: PersonBrowser;
  readonly page: Page;
  readonly panel: PanelUser;
}

/** A browser with the extension in which this person is signed in, with the panel open over a page. */
export async function signIn(context: BenchContext, { email, password }: ApiPerson): Promise<SignedIn> {
  const person = await launchPerson(context.extensionDir);
  const page = await person.open(`${context.website}/article`);
  const panel = panelUser(page, await person.openOverlay(page));
  await panel.fill('E-mail', email);
  await panel.fill('Password', password);
  await panel.click('Sign in');
  await panel.see('Groups');
  return { person, page, panel };
}
