import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiPerson, callFunction, createChat, rpc, say, signIn, stranger } from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const PATIENCE = { timeout: 25_000, interval: 50 };

let ana: ApiPerson;
beforeAll(async () => {
  ana = await signIn(stack, 'Ana');
});

interface Job {
  readonly id: string;
  readonly message_id: string;
  readonly state: string;
  readonly partial: string;
}

async function jobOf(message: string): Promise<Job> {
  const { data, error } = await ana.client
    .from('reply_jobs')
    .select('id, message_id, state, partial')
    .eq('trigger_message_id', message)
    .single();
  if (error) throw error;
  return data;
}

async function answersIn(chat: string) {
  const { data, error } = await ana.client.from('messages').select().eq('chat_id', chat).eq('kind', 'assistant');
  if (error) throw error;
  return data;
}

const answerTo = (message: string, chat: string) =>
  vi.waitUntil(async () => (await answersIn(chat)).find((answer) => answer.reply_to === message), PATIENCE);

/** Listens to a chat's topic; resolves once it does. */
async function listen(chat: string) {
  await ana.client.realtime.setAuth();
  const deltas: { offset: number; text: string; message_id: string }[] = [];
  const channel = ana.client.channel(`chat:${chat}:1`, { config: { private: true } });
  channel.on('broadcast', { event: 'delta' }, ({ payload }) => void deltas.push(payload as (typeof deltas)[number]));
  await new Promise<void>((resolve, reject) => {
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') resolve();
      else if (status !== 'CLOSED') reject(error ?? new Error(status));
    });
  });
  return { deltas, stop: () => ana.client.removeChannel(channel) };
}

describe('the function reply', () => {
  test('[AI1] [AI6] [AI7] a poke takes the job up at once; the words come to the members, then one message', async () => {
    const chat = await createChat(ana);
    const heard = await listen(chat);
    const question = await say(ana, chat, '@ai please count to 12');
    expect((await callFunction(ana, 'reply', { chat_id: chat })).status).toBe(202);
    const answer = await answerTo(question, chat);
    expect(answer).toMatchObject({ status: 'complete', author_id: null, id: (await jobOf(question)).message_id });
    expect(await answersIn(chat)).toHaveLength(1);

    const [first] = heard.deltas;
    expect(first).toMatchObject({ offset: 0, message_id: answer.id });
    let said = '';
    for (const { offset, text } of heard.deltas) {
      expect(offset).toBe([...said].length);
      said += text;
    }
    expect(said).not.toBe('');
    expect(answer.body.startsWith(said)).toBe(true);
    await heard.stop();
  });

  test('[AI7] who opens the chat midway reads the text so far', async () => {
    const chat = await createChat(ana, 'solo');
    const question = await say(ana, chat, 'count to 200');
    await callFunction(ana, 'reply', { chat_id: chat });
    const partial = await vi.waitUntil(async () => (await jobOf(question)).partial, PATIENCE);
    await rpc(ana, 'stop_reply', { p_job: (await jobOf(question)).id });
    const answer = await answerTo(question, chat);
    expect(answer.body.startsWith(partial)).toBe(true);
  });

  test('[AI5] anyone stops a running reply; what stood on screen is kept, marked as stopped', async () => {
    const chat = await createChat(ana, 'solo');
    const heard = await listen(chat);
    const question = await say(ana, chat, 'count to 200');
    await callFunction(ana, 'reply', { chat_id: chat });
    await vi.waitUntil(() => heard.deltas.length > 0, PATIENCE);
    await rpc(ana, 'stop_reply', { p_job: (await jobOf(question)).id });
    const answer = await answerTo(question, chat);
    expect(answer.status).toBe('stopped');
    await vi.waitUntil(() => answer.body === heard.deltas.map((delta) => delta.text).join(''), PATIENCE);
    await heard.stop();
  });

  test('[AI5] questions of a chat are answered one at a time, in order', async () => {
    const chat = await createChat(ana, 'solo');
    const questions = [
      await say(ana, chat, 'count to 5'),
      await say(ana, chat, 'count to 3'),
      await say(ana, chat, 'hello'),
    ];
    await Promise.all([1, 2, 3].map(() => callFunction(ana, 'reply', { chat_id: chat })));
    await vi.waitUntil(async () => (await answersIn(chat)).length === questions.length, PATIENCE);
    const answers = (await answersIn(chat)).sort((a, b) => a.seq - b.seq);
    expect(answers.map((answer) => answer.reply_to)).toEqual(questions);
  });

  test('[AI6] a question that nobody poked for is answered too', async () => {
    const chat = await createChat(ana, 'solo');
    const question = await say(ana, chat, 'hello');
    await answerTo(question, chat);
  });

  test('a poke needs somebody signed in, or the secret key', async () => {
    expect(await callFunction(stranger(stack), 'reply', {})).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
    const response = await fetch(`${stack.url}/functions/v1/reply`, {
      method: 'POST',
      headers: { apikey: stack.secretKey, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(202);
  });
});
