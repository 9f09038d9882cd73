import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { VOICE_PORT } from '../../lib/model/voice.ts';
import { launchPerson, type PersonBrowser } from './support/chromium.ts';
import { FAKE_MICROPHONE, hasRecorder, microphoneWindow, setMicrophone } from './support/microphone.ts';
import { startWebsite, type Website } from './support/pages.ts';
import { type PanelUser, panelUser } from './support/panel.ts';
import { createGroup, createPerson, signIn, type Visitor, visit } from './support/people.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };
const WORDS = /^Hello practice transcription of (\d+) seconds? of webm$/;

describe('[MSG10] dictating', () => {
  const product = inject('product');
  let website: Website;
  let visitor: Visitor;
  let panel: PanelUser;

  beforeAll(async () => {
    website = await startWebsite();
    const ana = await createPerson(product, 'Ana');
    await createGroup(ana, 'Voices');
    const person = await launchPerson(product.extensionDir, { flags: FAKE_MICROPHONE });
    // This page forbids the microphone to itself and to all that it frames.
    visitor = await visit(product, `${website.url}/deaf`, person);
    panel = visitor.panel;
    await signIn(panel, ana.email);
    await panel.frame.locator('.chat-row').click();
    await panel.composer();
  });

  beforeEach(async () => {
    const field = await panel.composer();
    await field.evaluate((element) => element.select());
    await field.press('Backspace');
  });

  afterAll(async () => {
    await Promise.all([visitor?.person.close(), website?.stop()]);
  });

  const draft = async (of = panel) => (await of.composer()).evaluate((field) => field.value);
  const until = (selector: string, of = panel) => of.frame.waitForSelector(selector);
  const hasSaid = (seconds: number, of = panel) =>
    of.frame.waitForFunction(
      (least) => Number(document.querySelector('.voice-time')?.textContent?.split(':')[1]) >= least,
      { polling: 'mutation' },
      seconds,
    );
  const spoken = (of = panel) => vi.waitFor(async () => expect(await draft(of)).toMatch(WORDS), PATIENCE);
  const recorderIsGone = () => vi.waitFor(() => expect(hasRecorder(visitor.person)).toBe(false), PATIENCE);

  test('the browser asks in a window; a no is explained there and in the panel, and a yes later on closes the window', async () => {
    await panel.write('Hello');
    // A browser without a face says no at once, as a person would by the button.
    await panel.click('Dictate');
    await panel.see('Sideroom may not use the microphone.');
    const window = await microphoneWindow(visitor.person);
    await window.waitForFunction(() => document.body.innerText.includes('set “Microphone” to “Allow”'));
    expect(await draft()).toBe('Hello');
    await setMicrophone(visitor.person, 'granted');
    await recorderIsGone();
    await visitor.page.bringToFront();
  });

  test('a click begins, the level moves, a click ends, and the words stand in the draft, unsent', async () => {
    await panel.write('Hello');
    await panel.click('Dictate');
    await until('.level-meter [data-lit=true]');
    await until('.level-meter [data-lit=false]:first-child');
    await hasSaid(3);
    await panel.click('Finish dictating');
    await spoken();
    expect(Number(WORDS.exec(await draft())?.[1])).toBeGreaterThanOrEqual(3);
    expect(await panel.messages()).toEqual([]);
    await recorderIsGone();
  });

  test('a hold records as long as it is held', async () => {
    await panel.write('Hello');
    const button = await until('.voice-button');
    const { x, y } = await (button as NonNullable<typeof button>).clickablePoint();
    await visitor.page.mouse.move(x, y);
    await visitor.page.mouse.down();
    await until('.level-meter [data-lit=true]');
    await hasSaid(1);
    await visitor.page.mouse.up();
    await spoken();
  });

  test('the space key does the same', async () => {
    await panel.write('Hello');
    await panel.frame.focus('.voice-button');
    await visitor.page.keyboard.down('Space');
    await until('.level-meter [data-lit=true]');
    await hasSaid(1);
    await visitor.page.keyboard.up('Space');
    await spoken();
  });

  test('Escape lets go of the microphone and leaves the draft alone', async () => {
    await panel.write('Hello');
    await panel.click('Dictate');
    await until('.level-meter [data-lit=true]');
    await visitor.page.keyboard.press('Escape');
    await panel.frame.waitForFunction(() => document.querySelector('.voice-bar') === null);
    await recorderIsGone();
    expect(await draft()).toBe('Hello');
  });

  test('leaving the chat lets go of the microphone', async () => {
    await panel.click('Dictate');
    await until('.level-meter [data-lit=true]');
    await panel.click('All chats');
    await recorderIsGone();
    await panel.frame.locator('.chat-row').click();
  });

  test('without the server the recording is kept, and tried again it becomes text', async () => {
    await panel.write('Hello');
    await panel.click('Dictate');
    await hasSaid(1);
    await fetch(`${product.controlUrl}/kill/gateway`, { method: 'POST' });
    await panel.click('Finish dictating');
    await panel.see('Your recording is kept');
    await fetch(`${product.controlUrl}/restart/gateway`, { method: 'POST' });
    await panel.click('Try again');
    await spoken();
  });

  test('when the worker is ended in the middle, what was said until then becomes text', async () => {
    await panel.write('Hello');
    await panel.click('Dictate');
    await hasSaid(3);
    await visitor.person.endWorker();
    await spoken();
  });

  test('a denied microphone says so, shows how it is allowed, and works as soon as it is', async () => {
    await setMicrophone(visitor.person, 'denied');
    await panel.write('Hello');
    await panel.click('Dictate');
    await panel.see('Sideroom may not use the microphone.');
    await panel.click('Show how');
    const window = await microphoneWindow(visitor.person);
    await window.waitForFunction(() => document.body.innerText.includes('set “Microphone” to “Allow”'));
    await setMicrophone(visitor.person, 'granted');
    await recorderIsGone();
    await visitor.page.bringToFront();
    await panel.click('Dictate');
    await until('.level-meter [data-lit=true]');
    await hasSaid(1);
    await panel.click('Finish dictating');
    await spoken();
  });

  test('a panel beside the page dictates as well', async () => {
    await panel.click('All chats');
    await panel.click('Account');
    await panel.click('Open in side panel', 'menuitem');
    const target = await visitor.person.browser.waitForTarget((each) => each.url().endsWith('/sidepanel.html'));
    const page = await target.asPage();
    const beside = panelUser(page, page.mainFrame());
    await beside.frame.locator('.chat-row').click();
    await beside.write('Hello');
    await beside.click('Dictate');
    await hasSaid(1, beside);
    await beside.click('Finish dictating');
    await spoken(beside);
  });
});

/** Speaks to the recorder as a panel does, but waits where a panel would give up. */
async function listen(person: PersonBrowser) {
  const page = await person.open(`chrome-extension://${person.extension.id}/sidepanel.html`);
  await page.evaluate((name) => {
    const port = chrome.runtime.connect({ name });
    const heard: string[] = [];
    port.onMessage.addListener(({ type }: { type: string }) => heard.push(type));
    port.onDisconnect.addListener(() => heard.push('over'));
    port.postMessage({ type: 'hello', surface: 'side-panel', pass: null, wish: 'record' });
    Object.assign(globalThis, { heard });
  }, VOICE_PORT);
  return {
    page,
    hear: (type: string) =>
      page.waitForFunction(
        (wanted) => (globalThis as unknown as { heard: string[] }).heard.includes(wanted),
        { polling: 50 },
        type,
      ),
  };
}

describe('[MSG10] recorders', () => {
  let person: PersonBrowser;

  beforeEach(async () => {
    person = await launchPerson(inject('product').extensionDir, { flags: FAKE_MICROPHONE });
  });
  afterEach(() => person.close());

  test('a yes in the window that asks starts the recording outside of it', async () => {
    const { page, hear } = await listen(person);
    // The browser without a face says no; then the person makes it a yes.
    await hear('refused');
    await setMicrophone(person, 'granted');
    await hear('piece');
    const recorders = person.browser.targets().filter((target) => target.url().includes('/microphone.html'));
    expect(recorders.map((target) => target.url().replace(/.*#(\w+):.*/, '$1'))).toEqual(['record']);
    await page.close();
    await vi.waitFor(() => expect(hasRecorder(person)).toBe(false), PATIENCE);
  });

  test('there is one at a time: a second panel ends the recording of the first', async () => {
    await setMicrophone(person, 'granted');
    const first = await listen(person);
    await first.hear('piece');
    const second = await listen(person);
    await first.hear('over');
    await second.hear('piece');
  });
});
