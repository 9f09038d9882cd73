import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../lib/model/ids.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { stackUnderTest } from '../../support/stack.ts';

const BORN = `${new Date().getFullYear() - 14}-01-01`;

let maria: TestPerson;
let emil: TestPerson;
let ana: TestPerson;

beforeAll(async () => {
  const stack = stackUnderTest();
  [maria, emil, ana] = await Promise.all([join(stack, 'Maria'), join(stack, 'Emil', {}, BORN), join(stack, 'Ana')]);
});
afterAll(() => Promise.all([maria, emil, ana].map(({ browser }) => browser.stop())));

const familyOf = ({ panel }: TestPerson) => panel.snapshot().app?.family;
const chatsOf = ({ panel }: TestPerson) => panel.snapshot().app?.chats.map(({ id }) => id) ?? [];

test('[SAFE2] a guardian is linked by a code, turns groups off and on, and the minor’s panel follows at once', async () => {
  const chatId = await makeGroup(ana, emil);
  const solo = newId();
  await emil.panel.request('createChat', { id: solo, kind: 'solo', title: '' });

  const { code } = await maria.panel.request('makeGuardianCode', {});
  const wrong = emil.panel.request('lookAtGuardianCode', { code: 'AAAAA-AAAAA' });
  await expect(wrong).rejects.toMatchObject({ failure: { code: 'guardian_code_wrong' } });
  expect(await emil.panel.request('lookAtGuardianCode', { code })).toMatchObject({ displayName: 'Maria' });
  await emil.panel.request('acceptGuardian', { code });
  expect(familyOf(emil)).toMatchObject({ minor: true, links: [{ role: 'minor', displayName: 'Maria' }] });
  // The guardian's browser hears of it by itself.
  await maria.panel.until(({ app }) => app?.family?.links.length === 1);
  expect(familyOf(maria)).toMatchObject({ minor: false, links: [{ role: 'guardian', displayName: 'Emil' }] });

  await maria.panel.request('setGroupChats', { minorId: emil.id, on: false });
  await emil.panel.until(({ app }) => app?.chats.every(({ kind }) => kind === 'solo') === true);
  await emil.panel.until(({ app }) => app?.family?.links[0]?.groupsOff === true);
  expect(chatsOf(emil)).toEqual([solo]);
  const group = emil.panel.request('createChat', { id: newId(), kind: 'group', title: 'Mine' });
  await expect(group).rejects.toMatchObject({ failure: { code: 'groups_off' } });
  const copy = emil.panel.request('copyChat', { chatId: solo, id: newId(), title: 'Mine' });
  await expect(copy).rejects.toMatchObject({ failure: { code: 'groups_off' } });
  const { url } = await ana.panel.request('createInvite', { chatId: await makeGroup(ana) });
  const joining = emil.panel.request('redeemInvite', { token: new URL(url).hash.slice(1) });
  await expect(joining).rejects.toMatchObject({ failure: { code: 'groups_off' } });

  // The others go on, in the chat's next topic.
  ana.panel.watch(chatId);
  await ana.panel.untilView(({ members }) => members.length === 2);
  const meanwhile = say(ana, chatId, 'Where is Emil?');
  await hears(ana, meanwhile);

  await maria.panel.request('setGroupChats', { minorId: emil.id, on: true });
  await emil.panel.until(({ app }) => app?.chats.some(({ id }) => id === chatId) === true);
  emil.panel.watch(chatId);
  await hears(emil, meanwhile);
  await hears(ana, say(emil, chatId, 'Back again'));

  await maria.panel.request('endGuardianship', { minorId: emil.id });
  await emil.panel.until(({ app }) => app?.family?.links.length === 0);
});

test('[SAFE3] memories are added, remembered from a chat of one’s own, changed, switched off and deleted', async () => {
  const solo = newId();
  await ana.panel.request('createChat', { id: solo, kind: 'solo', title: '' });
  ana.panel.watch(solo);
  const message = say(ana, solo, 'I am allergic to walnuts.');
  await hears(ana, message);
  const id = newId();
  await ana.panel.request('saveMemory', { id, body: 'I like tea.' });
  await ana.panel.request('saveMemory', { id, body: 'I like green tea.' });
  await ana.panel.request('rememberMessage', { id: newId(), messageId: message });
  const bodies = async () => (await ana.panel.request('readMemories', {})).list.map(({ body }) => body);
  expect(await bodies()).toEqual(['I am allergic to walnuts.', 'I like green tea.']);
  await ana.panel.request('setMemoriesOn', { on: false });
  expect(await ana.panel.request('readMemories', {})).toMatchObject({ on: false });
  await ana.panel.request('forgetMemory', { id });
  expect(await bodies()).toEqual(['I am allergic to walnuts.']);

  const group = await makeGroup(ana);
  const said = say(ana, group, 'Said in a group.');
  await hears(ana, said);
  const remembering = ana.panel.request('rememberMessage', { id: newId(), messageId: said });
  await expect(remembering).rejects.toMatchObject({ failure: { code: 'solo_only' } });
});
