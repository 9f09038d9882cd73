import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATTACKS } from '../hostile/attacks.ts';
import { expectFenced, expectNoDeeds } from '../hostile/expectations.ts';
import { type Aftermath, carryOut, QUESTION } from '../hostile/obedient-model.ts';
import '../support/findings.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { message } from './fixtures.ts';
import { useLivePanel } from './live-panel.ts';
import { ME } from './people.ts';

/**
 * Attacks by pages and by members, with a model that obeys every one. Nothing here depends on what a model understands: it is what
 * the code lets through, to the model and from it, into the database and onto the screen.
 */
const panel = useLivePanel();
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

describe('[AI14] with a model that obeys', () => {
  test('there are 40 attacks and more', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
  });

  test.for(ATTACKS.map((attack) => [attack.by, attack.name, attack] as const))(
    'by a %s: %s',
    async ([, , attack], { task }) => {
      const { name, by, through } = attack;
      task.meta.attempted = { name, by, through, held: false };
      const aftermath = await carryOut(attack, server);
      expectFenced(attack, aftermath);
      expectNoDeeds(aftermath, server.url);
      await expectNoWayOut(aftermath);
      task.meta.attempted = { name, by, through, held: true };
    },
  );
});

/** What people see: no address but those of the sources and of the question can be clicked, and nothing is fetched. */
async function expectNoWayOut({ answer, sources }: Aftermath): Promise<void> {
  const { page } = panel;
  await panel.open('chat');
  const origin = new URL(page.url()).origin;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const question = message(ME, QUESTION, '23T14:32');
  const said = message('ai', answer ?? '', '23T14:32', { replyTo: question.id, sources });
  await panel.happen({ name: 'message', message: question }, { name: 'message', message: said });
  const row = `[data-message="${said.id}"]`;
  await page.waitForSelector(row);
  // The chunk that reads Markdown may still be on its way.
  await page.waitForFunction(
    (selector, text) => !/[*_`[\]<|$]/.test(text) || document.querySelector(`${selector} .rich-text`) !== null,
    {},
    row,
    answer ?? '',
  );
  const shown = await page.$eval(row, (element) => ({
    links: [...element.querySelectorAll('a')].map(({ href }) => href),
    active: element.querySelectorAll('img, form, input, iframe, script, style, object, video, [onclick]').length,
    wasRun: 'wasRun' in globalThis,
  }));
  const named = ['https://asked.example/page', ...sources.map(({ url }) => url)];
  expect(shown.links.filter((href) => !named.includes(href))).toEqual([]);
  expect(shown).toMatchObject({ active: 0, wasRun: false });
  expect(requests.filter((url) => !url.startsWith(origin) && !/^(?:data|blob):/.test(url))).toEqual([]);
}
