import { expect, test } from 'vitest';
import { replaceSections } from '../../../bench/support/results.ts';

test('what was measured by itself takes the place of what is there, and nothing else moves', () => {
  const before = '# Measurements\n\nMachine.\n\n## One\n\n| a |\n\nAim.\n\n## Two\n\nb\n';
  const sections = [
    { title: 'One', lines: ['| c |', '', 'Seen.'] },
    { title: 'Three', lines: ['d'] },
  ];
  expect(replaceSections(before, sections, new Date('2026-11-27T12:00:00Z'))).toBe(
    [
      '# Measurements\n\nMachine.\n\n## One\n\n| c |\n\nSeen.\n\nMeasured by itself on 2026-11-27.',
      '## Two\n\nb',
      '## Three\n\nd\n\nMeasured by itself on 2026-11-27.\n',
    ].join('\n\n'),
  );
});
