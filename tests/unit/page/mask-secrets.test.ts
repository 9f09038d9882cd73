import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../../lib/page/mask-secrets.ts';
import type { SecretKind } from '../../../lib/page/secret-patterns.ts';

/** Written in pieces, so that no scanner takes this file for a leak. */
const made = (...parts: readonly string[]) => parts.join('');
const letters = (count: number) => 'aB3dE5gH7jK9mN1pQ4sT6vW8yZ0'.repeat(10).slice(0, count);
const hex = (count: number) => '0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(4).slice(0, count);
const JWT = made('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiJhbmEiLCJpYXQiOjF9', '.c2lnbmF0dXJlLW9mLXRoaXM');

/** What is masked, within the text in which it stands. */
const SECRETS: readonly [SecretKind, string, string?][] = [
  ['key', made('AKIA', 'IOSFODNN7EXAMPLE')],
  ['key', made('ASIA', 'IOSFODNN7EXAMPLE')],
  ['password', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = %'],
  ['token', made('ghp_', letters(36))],
  ['token', made('gho_', letters(36))],
  ['token', made('github_pat_', letters(22), '_', letters(59))],
  ['token', made('glpat-', letters(20))],
  ['token', made('xoxb-', '17653285-', letters(24))],
  ['token', made('xapp-1-', letters(30))],
  ['token', made('services/T0AB12CD3/B0EF45GH6/', letters(24)), 'https://hooks.slack.com/%'],
  ['token', made('112233445566778899/', letters(60)), 'https://discord.com/api/webhooks/%'],
  ['key', made('sk_live_', letters(24))],
  ['key', made('rk_test_', letters(24))],
  ['key', made('whsec_', letters(32))],
  ['key', made('sk-proj-', letters(48))],
  ['key', made('sk-', letters(48))],
  ['key', made('sk-ant-api03-', letters(80))],
  ['key', made('sb_secret_', letters(31))],
  ['token', made('sbp_', hex(40)), 'SUPABASE_ACCESS_TOKEN: %'],
  ['token', JWT],
  ['token', JWT, 'Authorization: Bearer %'],
  ['key', made('AIza', letters(35))],
  ['key', made('GOCSPX-', letters(28))],
  ['token', made('ya29.', letters(60))],
  ['token', made('npm_', letters(36))],
  ['token', made('pypi-AgE', letters(60))],
  ['token', made('hf_', letters(34))],
  ['key', made('SG.', letters(22), '.', letters(43))],
  ['token', made('dop_v1_', hex(64))],
  ['token', made('shpat_', hex(32))],
  ['token', made('lin_api_', letters(40))],
  ['token', made('hvs.', letters(40))],
  ['token', made('123456789:AA', letters(33))],
  ['token', letters(40), 'curl -H "Authorization: Bearer %"'],
  ['token', 'dXNlcjpodW50ZXIy', 'authorization: Basic %'],
  ['password', 's3cr3t-P4ss', 'postgres://ana:%@db.example.org:5432/app'],
  ['password', 'hunter2hunter2', 'password=%'],
  ['password', 'hunter2hunter2', 'PASSWORD: %'],
  ['password', 'correct horse 9', '"password": "%"'],
  ['password', 'Tr0ub4dor&3', "DB_PASSWORD='%'"],
  ['password', 'geheim!42', 'Passwort: %'],
  ['password', letters(24), 'API_KEY=%'],
  ['password', letters(24), 'api-key: %'],
  ['password', letters(24), '{"client_secret":"%"}'],
  ['password', letters(24), 'https://api.example.org/v1?access_token=%&limit=5'],
  ['password', letters(24), 'const apiKey = "%";'],
  ['email', 'ana.lind+news@mail.example.org'],
  ['email', 'o’neil@example.ie'.replace('o’', "o'")],
  ['email', 'jürgen@müller.example', 'Write to % soon.'],
  ['card', '4111 1111 1111 1111'],
  ['card', '4111111111111111', 'Visa %, valid to 04/29'],
  ['card', '5555-5555-5555-4444'],
  ['card', '3782 822463 10005'],
  ['card', '6011111111111117'],
  ['iban', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'GB82WEST12345698765432', 'IBAN: %.'],
  ['iban', 'NO93 8601 1117 947'],
  ['key', made('-----BEGIN RSA PRIVATE ', 'KEY-----\nMIIEow\nabc+/=\n-----END RSA PRIVATE ', 'KEY-----')],
  ['key', made('-----BEGIN PRIVATE ', 'KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ'), 'cut short:\n%'],
];

/** What looks a little like a secret, and is to stay. */
const HARMLESS: readonly string[] = [
  'ISBN 978-0-306-40615-7 and ISBN 0-306-40615-2',
  'Order 4111-2222-3333-4445 was shipped',
  'Order no. 1234 5678 9012 3456',
  'Tracking 1Z999AA10123456784 and 00340434161094042557',
  '2026-11-27T18:53:09.123456Z, 27.11.2026, 1700000000000',
  'commit 9bdcd68c1d3cf8e7b6a5f4e3d2c1b0a998877665',
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'id 550e8400-e29b-41d4-a716-446655440000',
  'Call +49 30 901820 or (212) 555-0147',
  'The password must have 12 characters. Password: required',
  'password: string; token: number; secret: boolean',
  'Forgot your password? Reset password: see below',
  'token = getToken(); apiKey = process.env.API_KEY; password = $PASSWORD',
  'api_key: <your key>, password: ********, secret=…',
  'The secret: patience. The key: practice.',
  'Token: a unit of text. Tokens: 1200',
  '@ana and @ben_2 on example.org, npm i @types/node@24.19.2',
  'git@ and user@localhost',
  'sk-learn, sk_buff and AKIA are not keys',
  'https://example.org/a?page=2&sort=asc#part',
  'x = 1234567812345678 / 3',
  '3.1415926535897932384626433832795',
  'GB is a country and DE89 is none; SE35 5000 is short',
  'DE89 3704 0044 0532 0130 01 has a wrong digit',
  'eyJ is how these begin',
  'Bearer of bad news; a bearer certificate',
  'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1 is a public key',
  '-----BEGIN PUBLIC KEY-----',
  'Max-Age=31536000; SameSite=Lax; 192.168.178.23; 10:30:45',
];

describe('masking', () => {
  test.each(SECRETS)('[PAGE2] %s %s is masked', (kind, secret, frame = 'before % after') => {
    const text = frame.replace('%', () => secret);
    const { text: masked, found } = maskSecrets(text);
    expect(found).toEqual([{ kind, start: text.indexOf(secret), end: text.indexOf(secret) + secret.length }]);
    expect(masked).not.toContain(secret);
    expect(masked.startsWith(text.slice(0, text.indexOf(secret)))).toBe(true);
    expect(masked.endsWith(text.slice(text.indexOf(secret) + secret.length))).toBe(true);
  });

  test.each(HARMLESS)('[PAGE2] it stays: %s', (text) => {
    expect(maskSecrets(text)).toEqual({ text, found: [] });
  });

  test('[PAGE2] several are counted, and each can be unmasked by itself', () => {
    const text = 'ana@example.org pays with 4111 1111 1111 1111, ben@example.org does not.';
    expect(maskSecrets(text).text).toBe('[e-mail hidden] pays with [card number hidden], [e-mail hidden] does not.');
    expect(maskSecrets(text).found.map(({ kind }) => kind)).toEqual(['email', 'card', 'email']);
    expect(maskSecrets(text, new Set([1, 2])).text).toBe(
      '[e-mail hidden] pays with 4111 1111 1111 1111, ben@example.org does not.',
    );
  });

  test('[PAGE2] what is hidden is as long for a long secret as for a short one', () => {
    const [short, long] = ['password=hunter22', `password=${'hunter22'.repeat(20)}`].map(
      (text) => maskSecrets(text).text,
    );
    expect(short).toBe(long);
  });

  test('[PAGE2] the longest page is looked through quickly, whatever it consists of', () => {
    const parts = [
      'a@',
      'password=',
      'eyJ',
      'https://a:b',
      '4111 ',
      'DE89 ',
      'x.y-z_',
      '-----BEGIN ',
      'a.',
      'token: ',
      '\'"',
      ' \t',
    ];
    for (const part of parts) {
      const text = part.repeat(Math.ceil(100_000 / part.length));
      const start = performance.now();
      maskSecrets(text);
      expect(performance.now() - start, part).toBeLessThan(1_000);
    }
  });
});
