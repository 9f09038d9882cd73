import { createClient } from '@supabase/supabase-js';
import type { Page } from 'puppeteer-core';
import type { Product } from './built-extension.ts';
import { launchPerson, type PersonBrowser } from './chromium.ts';
import { type PanelUser, panelUser } from './panel.ts';

const PASSWORD = 'correct horse battery';

/** A browser with the extension, a page in it, and the panel over the page. */
export interface Visitor {
  readonly person: PersonBrowser;
  readonly page: Page;
  readonly panel: PanelUser;
}

let count = 0;

/** An address that nobody else in this run has. */
export function freshEmail(name: string): string {
  return `${name.toLowerCase()}.${process.pid}.${count++}@e2e.example`;
}

/** Opens a page and the panel over it, in a new browser or in the one given. */
export async function visit(product: Product, url: string, person?: PersonBrowser): Promise<Visitor> {
  const browser = person ?? (await launchPerson(product.extensionDir));
  const page = await browser.open(url);
  return { person: browser, page, panel: panelUser(page, await browser.openOverlay(page)) };
}

/** Makes an account with a password on the panel's first screen. */
export async function signUp(panel: PanelUser, email: string): Promise<void> {
  await panel.click('Create an account');
  await panel.fill('E-mail', email);
  await panel.fill('Password', PASSWORD);
  await panel.click('Create account');
}

export async function signIn(panel: PanelUser, email: string, password = PASSWORD): Promise<void> {
  await panel.fill('E-mail', email);
  await panel.fill('Password', password);
  await panel.click('Sign in');
}

/** Visits a page as somebody who is in one group, and opens that group there. */
export async function visitInGroup(product: Product, url: string, person: ApiPerson, group: string): Promise<Visitor> {
  const visitor = await visit(product, url);
  await signIn(visitor.panel, person.email);
  await visitor.panel.see(group);
  await visitor.panel.frame.locator('.chat-row').click();
  await visitor.panel.composer();
  return visitor;
}

/** The first two steps of a newcomer: when they were born, and who they are. */
export async function setUpProfile(panel: PanelUser, name: string, username: string): Promise<void> {
  await tellBirthDate(panel);
  await nameOneself(panel, name, username);
}

export async function tellBirthDate(panel: PanelUser): Promise<void> {
  await panel.see('When were you born?');
  await panel.enterDate('1990-06-15');
  await panel.click('Go on');
  await panel.see('Who are you?');
}

export async function nameOneself(panel: PanelUser, name: string, username: string): Promise<void> {
  await panel.fill('Name', name);
  await panel.fill('Username', username);
  await panel.click('Go on');
}

/** A username that nobody else in this run has. */
export function freshUsername(name: string): string {
  return `${name.toLowerCase()}_${process.pid}_${count++}`;
}

/** A person with a profile, made through the API. */
export async function createPerson(product: Product, name: string) {
  const client = createClient(product.url, product.publishableKey, { auth: { persistSession: false } });
  const email = freshEmail(name);
  const { data, error } = await client.auth.signUp({ email, password: PASSWORD });
  if (error !== null || data.user === null) throw error ?? new Error('no user was made');
  const username = freshUsername(name);
  await must(client.rpc('set_birth_date', { p_birth_date: '1990-06-15' }));
  await must(client.rpc('save_profile', { p_display_name: name, p_username: username }));
  return { client, email, username, id: data.user.id };
}

export type ApiPerson = Awaited<ReturnType<typeof createPerson>>;

/** The data of a call that has to work. */
export async function must<T>(call: PromiseLike<{ data: T; error: unknown }>): Promise<T> {
  const { data, error } = await call;
  if (error !== null) throw error;
  return data;
}

/** A group of this person's and the token of a link into it. */
export async function createGroup(owner: ApiPerson, title: string): Promise<{ chatId: string; token: string }> {
  const chatId = crypto.randomUUID();
  await must(owner.client.rpc('create_chat', { p_id: chatId, p_kind: 'group', p_title: title }));
  const { token } = (await must(owner.client.rpc('create_invite', { p_chat: chatId }))) as { token: string };
  return { chatId, token };
}

export async function join(person: ApiPerson, token: string): Promise<void> {
  await must(person.client.functions.invoke('invite', { body: { action: 'redeem', token } }));
}
