import { passageUrl } from '../../lib/model/passage.ts';
import type { Share } from '../../lib/model/share.ts';
import { usePanel } from '../panel/panel-context.ts';
import { SHOWN_WORDS } from './share-words.ts';

/** Shows a share on its page; `onGone` where its passage is not there any more. */
export function useShow(onGone: () => void): (share: Pick<Share, 'id' | 'url' | 'quote' | 'kind'>) => void {
  const { client, surface, toaster } = usePanel();

  async function show(id: string): Promise<void> {
    const how = await client.request('showShare', { id });
    const words = SHOWN_WORDS[how];
    if (words !== null) toaster.show(words);
    if (how === 'gone') onGone();
  }

  return ({ id, url, quote, kind }) => {
    // Outside the extension the page opens as any link does, and the browser looks for the passage.
    if (surface === 'page') {
      const words = kind === 'selection' ? quote.replace(/\s+/g, ' ').trim() : '';
      window.open(passageUrl({ url, quote: words === '' ? null : words }), '_blank', 'noopener,noreferrer');
    } else show(id).catch(toaster.showFailure);
  };
}
