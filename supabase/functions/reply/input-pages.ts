import type OpenAI from 'openai';
import { cleanText } from '../_shared/clean-text.ts';
import type { LeasedJob, Replies, ReplyShare } from '../_shared/replies.ts';
import { estimateTokens } from './budget.ts';

/** A page share as the model gets it. */
export interface InputPage {
  /** By which an answer cites it: p1, p2, … */
  readonly name: string;
  readonly share: ReplyShare;
  /** As much of its text as there was room for. */
  readonly text: string;
}

/** By the id of the message that they came with. */
export type InputPages = ReadonlyMap<string, readonly InputPage[]>;

/** Less of a page than this, in tokens, says nothing. */
const LEAST = 60;

/** Reads what the messages share of pages, within the budget in tokens: first what the question shares, then from new to old. */
export async function loadPages(
  job: LeasedJob,
  messageIds: readonly string[],
  triggerId: string,
  budgetTokens: number,
  replies: Replies,
): Promise<InputPages> {
  const shares = await replies.sharesOf(job, messageIds);
  const asked = shares.filter((share) => share.message_id === triggerId);
  const others = shares.filter((share) => share.message_id !== triggerId).reverse();
  const texts = new Map<string, string>();
  let left = budgetTokens;
  for (const { id, text } of [...asked, ...others]) {
    const shown = left < LEAST ? '' : cut(cleanText(text), left);
    left -= estimateTokens(shown);
    texts.set(id, shown);
  }
  const pages = shares.map((share, index) => ({ name: `p${index + 1}`, share, text: texts.get(share.id) ?? '' }));
  return Map.groupBy(pages, ({ share }) => share.message_id);
}

function cut(text: string, tokens: number): string {
  const cost = estimateTokens(text);
  return cost <= tokens ? text : text.slice(0, Math.floor((text.length * tokens) / cost)).toWellFormed();
}

/** Pages within the JSON line of their message; their text follows behind its fence. */
export function describePages(pages: readonly InputPage[]): readonly object[] {
  return pages.map(({ name, share, text }) => ({
    page: name,
    kind: share.kind,
    title: cleanText(share.title),
    address: cleanText(share.url),
    ...(share.author === null ? {} : { author: cleanText(share.author) }),
    ...(share.published_at === null ? {} : { published: share.published_at }),
    ...(text === '' ? {} : { fence: fenceOf(share) }),
    ...(text.length < cleanText(share.text).length ? { cut: true } : {}),
  }));
}

/**
 * The pages' texts, each between fences that it cannot close: whatever looks like one of them is broken in it. Taking it out could
 * make a new one of what stands around it.
 */
export function pageParts(pages: readonly InputPage[]): OpenAI.Responses.ResponseInputText[] {
  return pages
    .filter(({ text }) => text !== '')
    .map(({ share, text }) => {
      const fence = fenceOf(share);
      return { type: 'input_text', text: `<${fence}>\n${text.replaceAll(fence, '…')}\n</${fence}>` };
    });
}

/** The same in each request, so that the service can cache what stands behind it. */
function fenceOf({ id }: ReplyShare): string {
  return `page-${id.replaceAll('-', '').slice(-12)}`;
}
