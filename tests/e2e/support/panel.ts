import type { ElementHandle, Frame, Page } from 'puppeteer-core';

/** A panel as a person uses it: by the names and roles of what is on it. */
export interface PanelUser {
  readonly frame: Frame;
  click(name: string, role?: string): Promise<void>;
  /** Replaces what stands in a field. */
  fill(label: string, text: string): Promise<void>;
  /** Fills in the one date field, as YYYY-MM-DD. */
  enterDate(date: string): Promise<void>;
  /** Types into the composer without sending. */
  write(text: string): Promise<void>;
  /** Types into the composer and presses Enter. */
  say(text: string): Promise<void>;
  /** Waits until this text stands on the panel. */
  see(text: string): Promise<void>;
  /** Waits until this text is nowhere on the panel. */
  miss(text: string): Promise<void>;
  /** Texts of the messages by people and the AI, in order; with the author's name in front. */
  messages(): Promise<string[]>;
  text(): Promise<string>;
  composer(): Promise<ElementHandle<HTMLTextAreaElement>>;
}

const COMPOSER = '.composer textarea';

export function panelUser(page: Page, frame: Frame): PanelUser {
  const composer = async () =>
    (await frame.waitForSelector(COMPOSER, { visible: true })) as ElementHandle<HTMLTextAreaElement>;

  // Polled at mutations: a tab in the background has no animation frames.
  async function seen(text: string, wanted: boolean): Promise<void> {
    await frame
      .waitForFunction(
        (needle, present) => document.body.innerText.includes(needle) === present,
        { polling: 'mutation' },
        text,
        wanted,
      )
      .catch(async (cause: unknown) => {
        const shown = await frame.evaluate(() => document.body.innerText).catch(() => '(the panel is gone)');
        throw new Error(`waited in vain ${wanted ? 'for' : 'to lose'} "${text}"; the panel shows:\n${shown}`, {
          cause,
        });
      });
  }

  return {
    frame,
    composer,
    async click(name, role = 'button') {
      await frame.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
    },
    async fill(label, text) {
      const field = (await frame.waitForSelector(
        `::-p-aria([name="${label}"][role="textbox"])`,
      )) as ElementHandle<HTMLInputElement>;
      await field.click();
      await field.evaluate((element) => element.select());
      await page.keyboard.type(text);
    },
    async enterDate(date) {
      await frame.waitForSelector('input[type=date]', { visible: true });
      // Which part of it comes first is the browser's language.
      await frame.$eval(
        'input[type=date]',
        (field, value) => {
          field.value = value;
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        },
        date,
      );
    },
    async write(text) {
      const field = await composer();
      await field.click();
      await page.keyboard.type(text);
    },
    async say(text) {
      await this.write(text);
      await page.keyboard.press('Enter');
    },
    see: (text) => seen(text, true),
    miss: (text) => seen(text, false),
    messages: () => frame.$$eval('[data-message]', (rows) => rows.map((row) => (row as HTMLElement).innerText.trim())),
    text: () => frame.evaluate(() => document.body.innerText),
  };
}
