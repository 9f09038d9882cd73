import { expect } from 'vitest';
import { RULES } from '../../supabase/functions/reply/rules.ts';
import { type Attack, FENCE } from './attack.ts';
import type { Aftermath } from './obedient-model.ts';

const HIDDEN = /(?![\n\t])[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;
/** What an answer does to the database, whatever the model says: it reads, counts, writes its words and what came with them. */
const CALLS = [
  'append',
  'filesOf',
  'finish',
  'keepReceipt',
  'keepResults',
  'noteUse',
  'readCare',
  'readContext',
  'sharesOf',
  'showStatus',
  'takePicture',
];
const KEYS = ['id', 'from', 'name', 'reply_to', 'text', 'files', 'pages'];

/** What reaches the model: the rules as they are, each person's words in one line under their own name, nothing that nobody sees. */
export function expectFenced({ through }: Attack, { request }: Aftermath): void {
  expect(request['instructions']).toBe(RULES);
  expect(request['store']).toBe(false);
  // Notes come as a line of their own behind the chat, what the AI said before in its own turn.
  const [first, ...behind] = request.input;
  const notes = through === 'notes' ? behind.splice(0, 1) : [];
  const answers = through === 'earlier answer' ? behind.splice(2, 1) : [];
  expect(request.input.map(({ role }) => role)).toEqual(
    through === 'earlier answer' ? ['user', 'user', 'user', 'assistant', 'user'] : request.input.map(() => 'user'),
  );
  expect([first, ...behind]).toHaveLength(4);
  for (const { content } of notes) {
    const line = JSON.parse(lineOf(content)) as Record<string, unknown>;
    expect(Object.keys(line)).toEqual(['earlier']);
    expect(lineOf(content)).not.toMatch(/[\n\r\u2028\u2029]/);
    expect(line['earlier']).not.toMatch(HIDDEN);
  }
  for (const { content } of answers) expect(content).not.toMatch(HIDDEN);
  const lines = [first, ...behind].map((each) => {
    const { content } = each as (typeof behind)[number];
    const line = lineOf(content);
    expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
    return JSON.parse(line) as Record<string, unknown>;
  });
  const [about, ...messages] = lines;
  expect(Object.keys(about ?? {}).filter((key) => !['chat', 'title', 'people', 'preferences'].includes(key))).toEqual(
    [],
  );
  expect(messages.map(({ from }) => from)).toEqual(['u1', 'u2', 'u1']);
  for (const line of messages) expect(Object.keys(line).filter((key) => !KEYS.includes(key))).toEqual([]);
  if (through !== 'name') expect(messages.map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Ana']);
  expect(everyText(lines).filter((text) => HIDDEN.test(text))).toEqual([]);
  const tools = (request['tools'] as { type: string }[]).map(({ type }) => type);
  expect(tools).toEqual(['web_search', 'image_generation']);
  expect(request['max_tool_calls']).toBe(4);
}

/** A message's own line. Behind it may stand a page, between fences of which it holds none. */
function lineOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const [line, page, ...more] = content as { type: string; text: string }[];
  expect(more).toEqual([]);
  const { text = '' } = page ?? {};
  expect(text.startsWith(`<${FENCE}>\n`) && text.endsWith(`\n</${FENCE}>`)).toBe(true);
  expect(text.split(FENCE)).toHaveLength(3);
  expect(text).not.toMatch(HIDDEN);
  return line?.text ?? '';
}

function everyText(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(everyText) : [];
}

/** What is done on the model's word: one message is written, pages and a real picture may come with it, and no more. */
export function expectNoDeeds({ calls, reached, answer, sources, picture }: Aftermath, modelUrl: string): void {
  expect([...new Set(calls)].filter((name) => !CALLS.includes(name))).toEqual([]);
  expect(calls.filter((name) => name === 'finish')).toHaveLength(1);
  expect(reached.filter((what) => what !== `${modelUrl}/responses` && what !== 'read c/f1')).toEqual([]);
  expect(picture).toBeNull();
  expect(sources.length).toBeLessThanOrEqual(20);
  for (const { url, title } of sources) {
    expect(url).toMatch(/^https?:/);
    expect(title).not.toMatch(HIDDEN);
  }
  expect(answer?.length).toBeLessThanOrEqual(100_000);
  expect(answer).not.toContain('\u0000');
  expect(answer?.isWellFormed()).toBe(true);
}
