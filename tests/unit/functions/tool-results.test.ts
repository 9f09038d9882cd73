import { describe, expect, test } from 'vitest';
import { pictureSize, sniff } from '../../../supabase/functions/reply/bytes.ts';
import { parseCapabilities } from '../../../supabase/functions/reply/capabilities.ts';
import type { ModelEvent } from '../../../supabase/functions/reply/fold.ts';
import { applyToolEvent, NO_RESULTS } from '../../../supabase/functions/reply/tool-results.ts';
import { type Pictures, toolsOf } from '../../../supabase/functions/reply/tools.ts';
import { encodePng } from '../../../supabase/local/practice-model/png.ts';

const png = encodePng(30, 20, () => [1, 2, 3]);
const cite = (url: string, title = 'A page') =>
  ({ type: 'response.output_text.annotation.added', annotation: { type: 'url_citation', url, title } }) as const;
const drawn = (result: string | null) =>
  ({ type: 'response.output_item.done', item: { type: 'image_generation_call', result } }) as const;
const fold = (...events: readonly object[]) =>
  events.map((event) => event as ModelEvent).reduce(applyToolEvent, NO_RESULTS);

describe('[AI9] what tools give', () => {
  test('what is being done is said while it is done', () => {
    const status = (...types: string[]) => fold(...types.map((type) => ({ type }))).status;
    expect(status('response.web_search_call.in_progress')).toBe('searching');
    expect(status('response.web_search_call.searching')).toBe('searching');
    expect(status('response.web_search_call.searching', 'response.web_search_call.completed')).toBeNull();
    expect(status('response.image_generation_call.generating')).toBe('drawing');
    expect(status('response.image_generation_call.generating', 'response.image_generation_call.completed')).toBeNull();
    const failed = { type: 'response.output_item.done', item: { type: 'web_search_call', status: 'failed' } };
    expect(fold({ type: 'response.web_search_call.searching' }, failed).status).toBeNull();
  });

  test('each page that is cited is a source once, in order, under a title that shows all it holds', () => {
    const results = fold(
      cite('https://a.example/1', ' A\u202e\n  page '),
      cite('http://b.example/', ''),
      cite('https://a.example/1'),
    );
    expect(results.sources).toEqual([
      { title: 'A page', url: 'https://a.example/1' },
      { title: 'b.example', url: 'http://b.example/' },
    ]);
  });

  test('only addresses of the web are sources', () => {
    const addresses = [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://a.example',
      'nonsense',
      `https://a.example/${'x'.repeat(2_000)}`,
    ];
    expect(
      fold(...addresses.map((url) => cite(url)), { type: 'response.output_text.annotation.added', annotation: null }),
    ).toBe(NO_RESULTS);
  });

  test('twenty sources at most, and the first picture', () => {
    expect(fold(...Array.from({ length: 30 }, (_, page) => cite(`https://a.example/${page}`))).sources).toHaveLength(
      20,
    );
    expect(fold(drawn('one'), drawn('two')).picture).toEqual({ kind: 'made', base64: 'one' });
    expect(fold(drawn(null)).picture).toEqual({ kind: 'failed' });
    expect(fold(drawn(null), drawn('two')).picture).toEqual({ kind: 'made', base64: 'two' });
  });
});

describe('[AI9] capabilities', () => {
  test('are all at OpenAI and none elsewhere, unless they are set', () => {
    expect(parseCapabilities(undefined, undefined).size).toBe(6);
    expect(parseCapabilities(undefined, 'https://api.openai.com/v1').size).toBe(6);
    expect(parseCapabilities(undefined, 'http://127.0.0.1:11434/v1').size).toBe(0);
    expect([...parseCapabilities('images, web_search', 'http://127.0.0.1:11434/v1')]).toEqual(['images', 'web_search']);
    expect(parseCapabilities('none', undefined).size).toBe(0);
    expect(() => parseCapabilities('imagse', undefined)).toThrow('imagse');
  });

  test('offer a picture only where the plan has one left, and else a way to say that one was asked for', () => {
    const types = (pictures: Pictures) =>
      toolsOf(parseCapabilities('image_generation', undefined), pictures).map((tool) =>
        tool.type === 'function' ? tool.name : tool.type,
      );
    expect([types('allowed'), types('used_up'), types('none')]).toEqual([['image_generation'], ['picture_limit'], []]);
  });

  test('name the tools of a request', () => {
    expect(toolsOf(parseCapabilities('images,files', undefined))).toEqual([]);
    expect(toolsOf(parseCapabilities(undefined, undefined)).map(({ type }) => type)).toEqual([
      'web_search',
      'image_generation',
    ]);
  });
});

test('[AI9] the bytes of a picture tell its type and its size', () => {
  expect([sniff(png), pictureSize(png)]).toEqual(['image/png', { width: 30, height: 20 }]);
  const webp = (kind: string, ...tail: number[]) =>
    new Uint8Array([...Buffer.from(`RIFF....WEBP${kind}....`), ...tail, ...Array.from({ length: 10 }, () => 0)]);
  expect(pictureSize(webp('VP8X', 0, 0, 0, 0, 29, 0, 0, 19, 0, 0))).toEqual({ width: 30, height: 20 });
  expect(pictureSize(webp('VP8L', 0x2f, 29, 0xc0, 0x04, 0))).toEqual({ width: 30, height: 20 });
  expect(pictureSize(webp('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 30, 0, 20, 0))).toEqual({ width: 30, height: 20 });
  expect(pictureSize(Buffer.from('no picture at all, but long enough'))).toBeNull();
});
