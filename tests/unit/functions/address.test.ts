import { describe, expect, test } from 'vitest';
import { originOf, sealOrigin } from '../../../supabase/functions/_shared/address.ts';

const from = (address: string) => originOf(new Headers({ 'cf-connecting-ip': address }));

describe('[INV5] from where a request comes', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002:a:b:c:d', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::', 'fe80:0:0:0'],
  ])('%s is of %s', (address, origin) => {
    expect(from(address)).toBe(origin);
  });

  test.each(['', 'nonsense', '203.0.113.7, 198.51.100.1', '2001:db8::1]:80/[', '1.2.3.4.5'])(
    'whoever sends %j is one with all whose address is missing',
    (address) => {
      expect(from(address)).toBe(originOf(new Headers()));
    },
  );

  test('only the header counts that the front sets', () => {
    const headers = new Headers({ 'x-forwarded-for': '198.51.100.1', 'x-real-ip': '203.0.113.7' });
    expect(originOf(headers)).toBe(originOf(new Headers()));
    expect(originOf(headers, 'x-real-ip')).toBe('203.0.113.7');
  });
});

test('[INV5] a seal is the same for the same address and key, and shows neither', async () => {
  const seal = await sealOrigin('203.0.113.7', 'key');
  expect(seal).toMatch(/^[0-9a-f]{64}$/);
  expect(await sealOrigin('203.0.113.7', 'key')).toBe(seal);
  expect(await sealOrigin('203.0.113.8', 'key')).not.toBe(seal);
  expect(await sealOrigin('203.0.113.7', 'another key')).not.toBe(seal);
});
