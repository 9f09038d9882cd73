import { describe, expect, test } from 'vitest';
import { badgeOver, unreadText } from '../../entrypoints/background/badge-words.ts';
import { isJoinPage } from '../../entrypoints/background/join-tabs.ts';

describe('[PAGE4] the number on the toolbar button', () => {
  test('[NOTE1] unread chats, where there are any', () => {
    expect([0, 1, 99, 100].map(unreadText)).toEqual(['', '1', '99', '99']);
  });

  test('over a page that was shared, how often; its title says what the number is', () => {
    expect(badgeOver(1, 0, 'Open it')).toEqual({ text: '1', title: 'Open it: 1 share of it in your chats' });
    expect(badgeOver(120, 0, 'Open it')).toEqual({ text: '99', title: 'Open it: 120 shares of it in your chats' });
  });

  test('[NOTE1] unread chats come before shares, which the title still tells', () => {
    expect(badgeOver(3, 2, 'Open it')).toEqual({ text: null, title: 'Open it: 3 shares of it in your chats' });
  });

  test('a page that nobody shared has the button as it always is', () => {
    expect(badgeOver(0, 0, 'Open it')).toEqual({ text: null, title: 'Open it' });
  });

  test('[PAGE5] a join page is known whatever its port: there the extension may look without a click', () => {
    const pattern = 'http://127.0.0.1/join*';
    expect(isJoinPage('http://127.0.0.1:54421/join#token', pattern)).toBe(true);
    expect(isJoinPage('http://127.0.0.1:54421/mail', pattern)).toBe(false);
    expect(isJoinPage('https://127.0.0.1/join', pattern)).toBe(false);
  });
});
