import { useMemo } from 'preact/hooks';
import { LinkRule } from '../markdown/link-rule.ts';
import { linkify } from './linkify.ts';
import { MessageText } from './MessageText.tsx';
import type { AssistantItem } from './timeline.ts';

/**
 * What the AI says. Only what its sources and the question name becomes a link: whatever else talked it into an address, a click
 * must not carry words of the chat there.
 */
export function AnswerText({ item }: { item: AssistantItem }) {
  const { asked, message, body, jobId } = item;
  const sources = message?.sources;
  const isTrusted = useMemo(() => {
    const named = linkify([asked, ...(sources ?? []).map(({ url }) => url)].join('\n'));
    const trusted = new Set(named.flatMap(({ href }) => (href === undefined ? [] : [new URL(href).href])));
    return (url: URL) => trusted.has(url.href);
  }, [asked, sources]);
  return (
    <LinkRule.Provider value={isTrusted}>
      <MessageText text={body} isGrowing={jobId !== null} />
    </LinkRule.Provider>
  );
}
