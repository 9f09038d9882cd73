import { passageUrl } from '../../lib/model/passage.ts';
import type { Share } from '../../lib/model/share.ts';
import { usePanel } from '../panel/panel-context.ts';
import { SHOWN_WORDS } from './share-words.ts';

/** Shows a share on its page, or a quote from it; `onGone` where that is not there any more. */
export function useShow(
  onGone: () => void,
): (share: Pick<Share, 'id' | 'url' | 'quote' | 'kind'>, quote?: string) => void {
  const { client, surface, toaster } = usePanel();

  async function show(id: string, quote: string | undefined): Promise<void> {
    const how = await client.request('showShare', { id, ...(quote === undefined ? {} : { quote }) });
    const words = SHOWN_WORDS[how];
    if (words !== null) toaster.show(words);
    if (how === 'gone') onGone();
  }

  return (share, quote) => {
    // Outside the extension the page opens as any link does, and the browser looks for the passage.
    if (surface === 'page') {
      const words = (quote ?? (share.kind === 'selection' ? share.quote : '')).replace(/\s+/g, ' ').trim();
      const address = passageUrl({ url: share.url, quote: words === '' ? null : words });
      window.open(address, '_blank', 'noopener,noreferrer');
    } else show(share.id, quote).catch(toaster.showFailure);
  };
}
