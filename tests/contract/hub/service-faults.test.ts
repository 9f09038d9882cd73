import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failedWords } from '../../../components/chat/failed-words.ts';
import { newId } from '../../../lib/model/ids.ts';
import { type FaultStage, openFaultStage } from '../../support/fault-stage.ts';
import { stage as attach } from '../../support/files.ts';
import { type ModelCall, speak } from '../../support/model-server.ts';
import { hears, join, makeGroup, say, type TestPerson } from '../../support/people.ts';
import { wavOf } from '../../support/recordings.ts';

/** The AI's service in trouble, through hubs, the function and a model that does what each test says. */
describe('when the AI’s service fails', () => {
  let stage: FaultStage;
  let ana: TestPerson;
  let ben: TestPerson;
  let chatId: string;

  beforeAll(async () => {
    stage = await openFaultStage({ SIDEROOM_CAPABILITIES: 'image_generation' });
    [ana, ben] = await Promise.all([join(stage.stack, 'Ana'), join(stage.stack, 'Ben')]);
    chatId = await makeGroup(ana, ben);
  });
  afterAll(async () => {
    await Promise.all([ana, ben].map((person) => person?.browser.stop()));
    await stage?.stop();
  });

  /** Asks, waits until both see what came of it and nothing is under way any more, and gives it. */
  async function ask(body: string) {
    const question = say(ana, chatId, body);
    const [answer] = await Promise.all([ana, ben].map((person) => outcomeOf(person, question)));
    return answer;
  }

  async function outcomeOf({ panel }: TestPerson, question: string) {
    const view = await panel.untilView(
      ({ messages, replies }) =>
        replies.length === 0 && messages.some(({ kind, replyTo }) => kind === 'assistant' && replyTo === question),
    );
    return view.messages.find(({ kind, replyTo }) => kind === 'assistant' && replyTo === question);
  }

  /** The group goes on: people write, and the AI answers somebody else. */
  async function goesOn(): Promise<void> {
    stage.model.play(speak('Here I am.'));
    await hears(ana, say(ben, chatId, 'Well.'));
    const question = say(ben, chatId, '@ai are you there?');
    expect(await outcomeOf(ana, question)).toMatchObject({ body: 'Here I am.', status: 'complete' });
  }

  const refuse = (status: number, code: string, headers?: Record<string, string>) => (call: ModelCall) =>
    call.refuse(status, { code, message: 'no' }, headers);
  const filtered = (call: ModelCall) => {
    call.say('How to ');
    call.send({
      type: 'response.incomplete',
      response: { id: 'resp_1', model: 'scripted', incomplete_details: { reason: 'content_filter' } },
    });
  };

  test.each<[string, (call: ModelCall) => void, RegExp]>([
    ['it is down', (call) => call.breakOff(), /^The AI’s service did not answer/],
    ['it refuses the key', refuse(401, 'invalid_api_key'), /key/],
    [
      'it has too much to do for a quarter of an hour',
      refuse(429, 'rate_limit_exceeded', { 'retry-after': '900' }),
      /Try again in 15 minutes\.$/,
    ],
    ['its credit is used up', refuse(429, 'insufficient_quota'), /out of credit/],
    ['it does not know the model', refuse(404, 'model_not_found'), /model is not there/],
    ['the context is too long for it', refuse(400, 'context_length_exceeded'), /Ask about less text/],
    ['it refuses the content', refuse(400, 'content_policy_violation'), /Ask in other words/],
    ['it withholds what it was saying', filtered, /Ask in other words/],
  ])('[AI6] %s: the asker reads a sentence, nothing hangs, and the group goes on', async (_how, script, sentence) => {
    stage.model.play(script);
    const answer = await ask('@ai what is lagan?');
    expect(answer).toMatchObject({ body: '', status: 'failed' });
    const failure = await ana.panel.request('readReplyFailure', { messageId: answer?.id ?? '' });
    expect(failedWords(failure, new Date())).toMatch(sentence);
    await goesOn();
  });

  test('[AI6] it declines in its own words: these are the answer', async () => {
    stage.model.play((call) => {
      call.send({
        type: 'response.refusal.delta',
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta: 'I will not.',
      });
      call.complete();
    });
    expect(await ask('@ai what is lagan?')).toMatchObject({ body: 'I will not.', status: 'complete' });
    await goesOn();
  });

  const offersPictures = ({ body }: ModelCall) => JSON.stringify(body['tools'] ?? []).includes('image_generation');

  test.each([
    ['named as the tool’s', { code: 'model_not_found', message: 'no', param: 'tools[0].model' }],
    ['not named at all', { code: 'model_not_found', message: 'no' }],
  ])('[AI9] its picture model is missing, %s: it answers in words', async (_how, error) => {
    stage.model.play((call) => (offersPictures(call) ? call.refuse(404, error) : speak('I cannot draw here.')(call)));
    expect(await ask('@ai draw a harbour')).toMatchObject({ body: 'I cannot draw here.', status: 'complete' });
    await goesOn();
  });

  test('[AI9] its picture comes to nothing: a sentence says so', async () => {
    stage.model.play((call) => {
      call.send({ type: 'response.image_generation_call.generating', item_id: 'ig_1', output_index: 0 });
      call.send({
        type: 'response.output_item.done',
        output_index: 0,
        item: { id: 'ig_1', type: 'image_generation_call', status: 'failed', result: null },
      });
      call.complete();
    });
    expect(await ask('@ai draw a harbour')).toMatchObject({
      body: expect.stringMatching(/^The picture could not be made\./),
      status: 'complete',
    });
    await goesOn();
  });

  test('[AI10] no picture is left of the plan, and it says something else: that stands for all, and the asker alone is told', async () => {
    await stage.admin.query(
      `insert into private.plans (id, pictures) values ('no-pictures', 1) on conflict do nothing`,
    );
    await stage.admin.query(`update public.accounts set plan = 'no-pictures' where user_id = $1`, [ana.id]);
    // She has had pictures taken and given back before.
    await stage.admin.query('delete from private.picture_use where user_id = $1', [ana.id]);
    await stage.admin.query(`insert into private.picture_use values ($1, private.period_start('1 day'), 1)`, [ana.id]);
    stage.model.play((call) => {
      call.say('Lagan lies on the sea bed.');
      call.send({
        type: 'response.output_item.done',
        item: { type: 'function_call', name: 'picture_limit', arguments: '{}' },
      });
      call.complete();
    });
    const question = say(ana, chatId, '@ai what is lagan? And draw it.');
    expect(await outcomeOf(ben, question)).toMatchObject({ body: 'Lagan lies on the sea bed.', status: 'complete' });
    const { limit } = await ana.panel.untilView((view) => view.limit !== undefined);
    expect(limit).toMatchObject({ messageId: question, reason: 'pictures' });
    ana.panel.watch(null);
    ana.panel.watch(chatId);
    expect((await ana.panel.untilView((view) => view.limit !== undefined)).limit).toEqual(limit);
    await goesOn();
    expect(ben.panel.snapshot().view?.limit).toBeUndefined();
  });

  test('[MSG9] a recording of 25 MB among the files of a question is known by its name, and an empty one gets no further', async () => {
    const audio = new Uint8Array(25 * 1_000_000);
    audio.set(wavOf(1));
    const files = [await attach(ana, chatId, audio, { name: 'talk.wav', contentType: 'audio/wav' })];
    stage.model.play(speak('I only see its name.'));
    const id = newId();
    ana.panel.send({ id, chatId, body: '@ai what do they say?', target: 'default', replyTo: null, files });
    expect(await outcomeOf(ana, id)).toMatchObject({ body: 'I only see its name.', status: 'complete' });
    expect(JSON.stringify(stage.model.calls.at(-1)?.body)).toContain('talk.wav');
    await expect(
      attach(ana, chatId, new Uint8Array(), { name: 'silence.wav', contentType: 'audio/wav' }),
    ).rejects.toThrow();
    await goesOn();
  });
});
