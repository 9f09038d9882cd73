import { useContext, useMemo } from 'preact/hooks';
import { linkify } from '../chat/linkify.ts';
import { Link } from './Link.tsx';
import { mentionParts } from './mention-parts.ts';
import { Usernames } from './usernames.ts';

interface WordsProps {
  text: string;
  /** Links hold no links. */
  inLink?: boolean;
}

/** Text as text: web addresses can be clicked, mentions of somebody stand out. */
export function Words({ text, inLink = false }: WordsProps) {
  const usernames = useContext(Usernames);
  return useMemo(() => {
    if (inLink) return <>{text}</>;
    return (
      <>
        {linkify(text).map((part) =>
          part.href === undefined
            ? mentionParts(part.text, usernames).map(({ text: words, isMention }) =>
                isMention ? <span class="mention">{words}</span> : words,
              )
            : [<Link address={part.href}>{part.text}</Link>],
        )}
      </>
    );
  }, [text, inLink, usernames]);
}
