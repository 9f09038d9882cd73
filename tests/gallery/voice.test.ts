import { describe, expect, test } from 'vitest';
import type { FakeRecorder } from './fake-recorder.ts';
import { useLivePanel } from './live-panel.ts';

const panel = useLivePanel();

/** What the recorder behind the panel was told; null: none was opened. */
const told = () =>
  panel.page.evaluate(
    () => (globalThis as unknown as { recorder?: FakeRecorder }).recorder?.heard.map(({ type }) => type) ?? null,
  );
/** The microphone hears this loud. */
const hear = (level: number) =>
  panel.page.evaluate((loud) => {
    (globalThis as unknown as { recorder: FakeRecorder }).recorder.tell({ type: 'level', level: loud });
  }, level);
const lit = (count: number) =>
  panel.page.waitForFunction(
    (wanted) => document.querySelectorAll('.level-meter [data-lit=true]').length === wanted,
    { polling: 'mutation' },
    count,
  );
const isRecording = () => panel.page.waitForSelector('[data-state=recording]');

describe('[MSG10] the microphone', () => {
  test('is opened by nobody who cannot see it', async () => {
    await panel.open('voice-covered');
    expect(await told()).toBeNull();
    expect(await panel.isThere('.voice-bar')).toBe(false);
  });

  test('what it needs is fetched when a hand comes near, not before', async () => {
    await panel.open('voice-ready');
    const fetched = () =>
      panel.page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .some(({ name }) => name.includes('set-up-voice') && name.endsWith('.js')),
      );
    expect(await fetched()).toBe(false);
    await panel.page.hover('.voice-button');
    await panel.page.waitForFunction(() =>
      performance
        .getEntriesByType('resource')
        .some(({ name }) => name.includes('set-up-voice') && name.endsWith('.js')),
    );
  });

  test('a click on it leaves the caret where it is, and the words come in there', async () => {
    await panel.open('voice-ready');
    await panel.page.focus('.composer textarea');
    await panel.page.$eval('.composer textarea', (field) => (field as HTMLTextAreaElement).setSelectionRange(5, 5));
    await panel.page.click('.voice-button');
    await isRecording();
    expect(await panel.page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await panel.page.click('.voice-button');
    await panel.page.waitForFunction(() => document.querySelector('.voice-bar') === null);
    expect(await panel.composerText()).toBe('About We could meet at the harbour on Thursday. Thursday:');
    expect(await panel.asked('send')).toEqual([]);
  });

  test('what is marked is not replaced', async () => {
    await panel.open('voice-ready');
    await panel.page.$eval('.composer textarea', (field) => (field as HTMLTextAreaElement).select());
    await panel.page.click('.voice-button');
    await isRecording();
    await panel.page.click('.voice-button');
    await panel.page.waitForFunction(() => document.querySelector('.voice-bar') === null);
    expect(await panel.composerText()).toBe('About Thursday: We could meet at the harbour on Thursday.');
  });

  test('one can type on while it listens', async () => {
    await panel.open('voice-ready');
    await panel.page.focus('.composer textarea');
    await panel.page.click('.voice-button');
    await isRecording();
    await panel.page.keyboard.type(' now');
    await panel.page.click('.voice-button');
    await panel.page.waitForFunction(() => document.querySelector('.voice-bar') === null);
    expect(await panel.composerText()).toBe('About Thursday: now We could meet at the harbour on Thursday.');
  });

  test('Escape ends the recording first, and only then the panel', async () => {
    await panel.open('voice-ready');
    await panel.page.focus('.composer textarea');
    await panel.page.click('.voice-button');
    await isRecording();
    await panel.page.keyboard.press('Escape');
    await panel.page.waitForFunction(() => document.querySelector('.voice-bar') === null);
    expect(await panel.asked('closeOverlay')).toEqual([]);
    expect(await told()).toEqual(['hello']);
    await panel.page.keyboard.press('Escape');
    expect(await panel.asked('closeOverlay')).toEqual([{}]);
  });

  test('the level shows at once; where nothing shall move, once a second', async () => {
    await panel.open('voice-recording');
    await hear(0.9);
    await lit(9);
    await hear(0.1);
    await lit(1);

    await panel.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await panel.open('voice-ready');
    await panel.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await panel.page.click('.voice-button');
    await isRecording();
    const changes = await panel.page.evaluate(async () => {
      const { recorder } = globalThis as unknown as { recorder: FakeRecorder };
      const count = () => document.querySelectorAll('.level-meter [data-lit=true]').length;
      let seen = count();
      let found = 0;
      const begun = performance.now();
      for (let frame = 0; performance.now() - begun < 1_500; frame++) {
        recorder.tell({ type: 'level', level: (frame % 10) / 10 });
        await new Promise(requestAnimationFrame);
        if (count() !== seen) found++;
        seen = count();
      }
      return found;
    });
    expect(changes).toBeLessThanOrEqual(2);
  });
});
