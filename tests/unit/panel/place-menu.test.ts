import { afterEach, expect, test, vi } from 'vitest';
import { placeMenu } from '../../../components/parts/place-menu.ts';

afterEach(() => vi.unstubAllGlobals());

/** Where a menu of that width comes to lie, by a button of 32 pixels that begins at `left`. */
function place(panelWidth: number, menuWidth: number, left: number): { left: number; right: number } {
  vi.stubGlobal('window', { innerWidth: panelWidth, innerHeight: 600 });
  const style = { left: '', right: '' };
  const box = { left, right: left + 32, top: 100, bottom: 132 };
  placeMenu(
    { style, offsetWidth: menuWidth } as unknown as HTMLElement,
    { getBoundingClientRect: () => box } as HTMLElement,
  );
  const start =
    style.left === 'auto' ? panelWidth - Number.parseFloat(style.right) - menuWidth : Number.parseFloat(style.left);
  return { left: start, right: start + menuWidth };
}

test.each([0, 40, 160, 258, 290, 340])('a wide menu lies within a narrow panel, wherever its button is: %i', (left) => {
  const placed = place(380, 340, left);
  expect(placed.left).toBeGreaterThanOrEqual(0);
  expect(placed.right).toBeLessThanOrEqual(380);
});

test('a small menu begins or ends with its button', () => {
  expect(place(380, 120, 40).left).toBe(40);
  expect(place(380, 120, 300).right).toBe(332);
});
