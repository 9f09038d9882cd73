import type { PageFacts } from '../../lib/model/page-share.ts';
import { lightShare, type Share, type TextReading, type WholeShare } from '../../lib/model/share.ts';
import { id } from './fixtures.ts';

const FACTS: PageFacts = {
  url: 'https://www.harbour-news.example/porto/tides-and-the-old-harbour',
  title: 'Tides and the old harbour: why the boats of Ribeira leave at four',
  author: 'Mira Lind',
  publishedAt: '2026-11-02',
  language: 'en',
};

const PASSAGE =
  'At low tide the bar of the Douro is barely three metres deep, and nothing larger than a rabelo gets out.';

export const ARTICLE: TextReading = {
  kind: 'article',
  facts: FACTS,
  text: [
    '# Tides and the old harbour',
    'The boats of Ribeira leave at four in the morning, and the reason is older than the bridge.',
    PASSAGE,
    '## Who decides',
    'The pilot does. Write to pilot@harbour-news.example, or use the key sk-proj-4hQ2mV9xTz7bNc1LkPw8Rj5yGd3FaS6u for the tables.',
    '- four o’clock in summer\n- five in winter\n- never in fog',
    'Nobody remembers a year without a stranded ship. '.repeat(12).trim(),
  ].join('\n\n'),
};

export const SELECTION: TextReading = {
  kind: 'selection',
  facts: FACTS,
  text: PASSAGE,
  anchor: {
    exact: PASSAGE,
    prefix: 'than the bridge. ',
    suffix: ' Who decides',
    start: 120,
    end: 120 + PASSAGE.length,
  },
};

export const WHOLE: WholeShare = {
  id: id(7301),
  kind: 'article',
  ...FACTS,
  text: ARTICLE.text,
  anchor: null,
  screenshotId: null,
};

export const SHARED_PAGE: Share = lightShare(WHOLE);
export const SHARED_PASSAGE: Share = lightShare({ ...WHOLE, id: id(7302), kind: 'selection', text: PASSAGE });

export function sharedPicture(screenshotId: string): Share {
  return lightShare({ ...WHOLE, id: id(7303), kind: 'screenshot', text: '', screenshotId });
}
