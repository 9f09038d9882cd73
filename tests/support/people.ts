import type { PanelHost } from '../../lib/hub/deps.ts';
import type { InvitePreview } from '../../lib/model/chat.ts';
import { newId } from '../../lib/model/ids.ts';
import { openBrowser, type TestBrowser, type TestPanel } from './browser.ts';

/** Somebody with a browser in which one panel is open. */
export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly browser: TestBrowser;
  readonly panel: TestPanel;
}

interface Backend {
  readonly url: string;
  readonly publishableKey: string;
}

/** Signs somebody up by password and gives them a profile, all through the panel: an adult unless born later. */
export async function join(
  backend: Backend,
  name: string,
  host: Partial<PanelHost> = {},
  birthDate = '1990-06-15',
): Promise<TestPerson> {
  const browser = openBrowser({ ...backend, host });
  const panel = browser.openPanel();
  const email = `${newId()}@example.test`;
  const password = `secret ${newId()}`;
  await panel.until(({ app }) => app?.session.name === 'signed-out');
  await panel.request('signUp', { email, password });
  const { app } = await panel.until(({ app: state }) => state?.session.name === 'needs-profile');
  await panel.request('setBirthDate', { date: birthDate });
  await panel.request('saveProfile', {
    displayName: name,
    username: `u${newId().slice(-12)}`,
    avatar: { kind: 'generated' },
  });
  const id = app?.session.name === 'needs-profile' ? app.session.userId : '';
  return { id, name, email, password, browser, panel };
}

/** Makes a group, with the others in it, which every panel then shows. */
export async function makeGroup(creator: TestPerson, ...others: readonly TestPerson[]): Promise<string> {
  const id = newId();
  await creator.panel.request('createChat', { id, kind: 'group', title: 'Trip' });
  for (const other of others)
    await joinByLink(other, (await creator.panel.request('createInvite', { chatId: id })).url);
  for (const { panel } of [creator, ...others]) {
    panel.watch(id);
    await panel.untilView(({ members }) => members.length === others.length + 1);
  }
  return id;
}

/** Opens an invite link, looks at the preview and joins. */
export async function joinByLink({ panel }: TestPerson, url: string): Promise<InvitePreview> {
  const token = new URL(url).hash.slice(1);
  const preview = await panel.request('previewInvite', { token });
  await panel.request('redeemInvite', { token });
  return preview;
}

/** Sends a message as the composer does and gives its id. */
export function say({ panel }: TestPerson, chatId: string, body: string, replyTo: string | null = null): string {
  const id = newId();
  panel.send({ id, chatId, body, target: 'default', replyTo, files: [] });
  return id;
}

/** Resolves when the person's panel shows the message as stored. */
export function hears({ panel }: TestPerson, id: string) {
  return panel.untilView(({ messages }) => messages.some((message) => message.id === id));
}
