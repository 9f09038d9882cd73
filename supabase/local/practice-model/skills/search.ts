import type { Skill } from '../answer.ts';
import { quote } from './words.ts';

/** "search …", "look up …": two pages that are made up, cited as a search would. */
export const answerSearch: Skill = ({ ask, tools }) => {
  const words = /^(?:please )?(?:search|look up|google)\b(?: the web)?(?: for)?[:,]?\s+(.+)$/i.exec(ask.text)?.[1];
  if (words === undefined || !tools.has('web_search')) return null;
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const sources = [
    { title: 'First practice page', url: `https://example.org/first/${slug}` },
    { title: 'Second practice page', url: `https://example.org/second/${slug}` },
  ];
  const links = sources.map(({ title, url }) => `[${title}](${url})`);
  return { text: `On ${quote(words)} a practice search finds ${links.join(' and ')}. Both are made up.`, sources };
};
