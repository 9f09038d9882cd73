import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOTICE } from '../../supabase/local/practice-model/answer.ts';
import { type PracticeModel, startPracticeModel } from '../../supabase/local/practice-model/server.ts';
import { wavOf } from '../support/recordings.ts';

let practice: PracticeModel;
let client: OpenAI;

beforeAll(async () => {
  practice = await startPracticeModel({ wordMs: 0 });
  client = new OpenAI({ apiKey: 'none', baseURL: practice.url, maxRetries: 0 });
});

afterAll(() => practice.stop());

const line = (id: string, from: string, name: string, text: string) =>
  ({ role: 'user', content: JSON.stringify({ id, from, name, reply_to: null, text }) }) as const;
const chatLine = {
  role: 'user',
  content: '{"chat":"group","title":"Trip","people":[{"id":"u1","name":"Ana"},{"id":"u2","name":"Ben"}]}',
} as const;
const ask = async (input: OpenAI.Responses.ResponseInput | string) =>
  (await client.responses.create({ model: 'practice', input })).output_text;
const askAna = (text: string) => ask([chatLine, line('m1', 'u1', 'Ana', text)]);

test('the model is listed', async () => {
  expect((await client.models.list()).data.map((model) => model.id)).toEqual([
    'practice',
    'practice-small',
    'practice-large',
  ]);
  expect(await client.models.retrieve('practice')).toMatchObject({ id: 'practice', object: 'model' });
});

describe('a streamed answer', () => {
  test('is the sequence of events of the real API, numbered without a gap', async () => {
    const events = [];
    for await (const event of await client.responses.create({ model: 'practice', input: 'count to 3', stream: true }))
      events.push(event);
    const words = NOTICE.split(' ').length + 3;
    expect(events.map((event) => event.type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      ...Array.from({ length: words }, () => 'response.output_text.delta'),
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.keys().toArray());
  });

  test('says the same in its deltas, its closing events and its last response', async () => {
    const stream = client.responses.stream({ model: 'practice', input: [line('m1', 'u1', 'Ana', '@ai hello')] });
    let deltas = '';
    stream.on('response.output_text.delta', (event) => {
      deltas += event.delta;
    });
    const done = stream.emitted('response.output_text.done');
    const final = await stream.finalResponse();
    expect(deltas).toContain('Hello Ana!');
    expect((await done).text).toBe(deltas);
    expect(final.output_text).toBe(deltas);
    expect(final).toMatchObject({ status: 'completed', model: 'practice', error: null, incomplete_details: null });
  });

  test('ends as incomplete where the request allows no more', async () => {
    const final = await client.responses
      .stream({ model: 'practice', input: 'count to 100', max_output_tokens: 20 })
      .finalResponse();
    expect(final).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
    expect(final.output_text.split(' ')).toHaveLength(20);
    expect(final.usage).toMatchObject({ output_tokens: 20 });
  });

  test('comes word by word at its pace, and stops when the client goes', async () => {
    const slow = await startPracticeModel({ wordMs: 20 });
    const reader = new OpenAI({ apiKey: 'none', baseURL: slow.url, maxRetries: 0 });
    const stopping = new AbortController();
    const started = performance.now();
    let text = '';
    for await (const event of await reader.responses.create(
      { model: 'practice', input: 'count to 200', stream: true },
      { signal: stopping.signal },
    )) {
      if (event.type !== 'response.output_text.delta') continue;
      text += event.delta;
      if (text === '1 2 3 4 5') stopping.abort();
    }
    expect(text).toBe('1 2 3 4 5');
    expect(performance.now() - started).toBeGreaterThan(5 * 20 - 10);
    expect(performance.now() - started).toBeLessThan(200 * 20);
    await slow.stop();
  });
});

test('an answer that is not streamed is a whole response, with usage', async () => {
  const response = await client.responses.create({
    model: 'practice',
    instructions: 'Be brief.',
    input: 'echo one two',
  });
  expect(response).toMatchObject({ object: 'response', status: 'completed', instructions: 'Be brief.' });
  expect(response.output_text).toBe(`one two\n\n${NOTICE}`);
  expect(response.usage).toMatchObject({
    input_tokens: 5,
    total_tokens: 5 + (response.usage?.output_tokens ?? Number.NaN),
  });
});

describe('what it can do', () => {
  test.each([
    ['help', 'summarise who said what'],
    ['who is here?', 'Ana and Ben, and me'],
    ['count to 5', '1 2 3 4 5'],
    ['count down from 3', '3 2 1 0'],
    ['how many people are in this chat?', '2 people'],
    ['echo green   tea', 'green tea'],
    ['what is 12 * (3 + 4)?', '= 84'],
    ['what is 2 plus 2', '= 4'],
    ['how much is 20% of 60?', '= 12'],
    ['2^10 - 1', '= 1023'],
    ['1 / 0', 'no result'],
    ['what time is it?', 'UTC'],
    ['list apples, pears and nuts', '1. apples\n2. pears\n3. nuts'],
    ['thanks!', 'You are welcome, Ana'],
    ['@sideroom', 'Yes, Ana?'],
    ['is the moon made of cheese?', 'I know nothing beyond it'],
  ])('%j', async (text, part) => {
    expect(await askAna(text)).toContain(part);
  });

  test.each([
    ['pick one: tea, coffee or juice', /take (tea|coffee|juice)\./],
    ['tea or coffee?', /take (tea|coffee)\./],
    ['should we take the train or the bus?', /take (the train|the bus)\./],
    ['choose between red and blue', /take (red|blue)\./],
  ])('picks: %j', async (text, choice) => {
    expect(await askAna(text)).toMatch(choice);
    expect(await askAna(text)).toBe(await askAna(text));
  });

  test.each(['we met on 2026-11-23', 'call 555-1234', 'version 1.2.3', 'it costs 5 euros'])(
    'takes %j for no sum',
    async (text) => {
      expect(await askAna(text)).not.toContain(' = ');
    },
  );

  test('sums up one line a person, told apart by id and not by name', async () => {
    const answer = await ask([
      chatLine,
      line('m1', 'u1', 'Ana', 'I booked the hotel'),
      line('m2', 'u2', 'Ben', 'Trains leave at nine'),
      { role: 'assistant', content: 'Noted.' },
      line('m3', 'u3', 'Ben', 'I am the other Ben'),
      line('m4', 'u1', 'Ana', '@AI summarise please'),
    ]);
    expect(answer).toContain('- Ana: “I booked the hotel”\n- Ben: “Trains leave at nine”\n- Ben: “I am the other Ben”');
  });

  test('finds what the chat itself says about a question', async () => {
    const answer = await ask([
      line('m1', 'u2', 'Ben', 'The hotel is near the harbour'),
      line('m2', 'u1', 'Ana', '@ai where was our hotel?'),
    ]);
    expect(answer).toContain('- Ben: “The hotel is near the harbour”');
  });

  test('answers the message that the developer names', async () => {
    const input = [
      line('m1', 'u1', 'Ana', 'count to 3'),
      line('m2', 'u2', 'Ben', 'echo no'),
      { role: 'developer', content: 'Answer message m1 now.' },
    ] as const;
    expect(await ask([...input])).toMatch(/^1 2 3\n/);
  });

  test('reads content in parts, and passes over items that it does not know', async () => {
    const input: OpenAI.Responses.ResponseInput = [
      { type: 'function_call_output', call_id: 'c', output: 'x' },
      {
        role: 'user',
        content: [
          { type: 'input_image', image_url: 'data:,', detail: 'auto' },
          { type: 'input_text', text: 'echo parts' },
        ],
      },
    ];
    expect(await ask(input)).toMatch(/^parts\n/);
  });

  test.each(['', 'help', 'echo x', 'anything else at all'])('always says once what it is: %j', async (text) => {
    expect((await ask(text)).split(NOTICE)).toHaveLength(2);
  });
});

describe('bad requests are answered as the real API does', () => {
  test.each([
    ['an unknown model', { model: 'gpt-6-luna', input: 'x' }, 404, 'model_not_found'],
    ['no input', { model: 'practice' }, 400, 'missing_required_parameter'],
    ['input of another kind', { model: 'practice', input: 7 }, 400, 'invalid_value'],
    ['a role that there is not', { model: 'practice', input: [{ role: 'king', content: 'x' }] }, 400, 'invalid_value'],
    [
      'a format that it cannot write',
      { model: 'practice', input: 'x', text: { format: { type: 'json_schema' } } },
      400,
      null,
    ],
  ])('%s', async (_name, body, status, code) => {
    const failure = await client.post('/responses', { body }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OpenAI.APIError);
    expect(failure).toMatchObject({ status, code, type: 'invalid_request_error' });
  });

  test('no JSON', async () => {
    const response = await fetch(`${practice.url}/responses`, { method: 'POST', body: '{' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  });

  test('another path', async () => {
    await expect(client.chat.completions.create({ model: 'practice', messages: [] })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('speech', () => {
  const hear = async (audio: Uint8Array<ArrayBuffer>, model = 'practice') =>
    (await client.audio.transcriptions.create({ model, file: await toFile(audio, 'speech.bin') })).text;

  test('[MSG10] the words depend on the recording', async () => {
    expect(await hear(wavOf(3))).toBe('practice transcription of 3 seconds of wav');
    expect(await hear(wavOf(1))).toBe('practice transcription of 1 second of wav');
  });

  test('what is no recording, and another model, are refused as by the real API', async () => {
    await expect(hear(new TextEncoder().encode('words'))).rejects.toMatchObject({ status: 400 });
    await expect(hear(wavOf(1), 'whisper-1')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    const form = await fetch(`${practice.url}/audio/transcriptions`, { method: 'POST', body: 'no form' });
    expect(form.status).toBe(400);
  });
});
