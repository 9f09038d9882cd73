import { cleanText, wellFormed } from '../_shared/clean-text.ts';
import type { ReplyStatus, Source } from '../_shared/replies.ts';
import type { ModelEvent } from './fold.ts';
import { PICTURE_LIMIT } from './tools.ts';

/** What the tools of an answer do, and have given so far. */
export interface ToolResults {
  readonly status: Extract<ReplyStatus, 'searching' | 'drawing'> | null;
  /** Each page once, in the order in which the answer cites them. */
  readonly sources: readonly Source[];
  /** How often the web was searched. */
  readonly searches: number;
  /** The first picture, as base64. `limited`: one was asked for, and the person has had all of their plan. */
  readonly picture:
    | { readonly kind: 'none' | 'failed' | 'limited' }
    | { readonly kind: 'made'; readonly base64: string };
}

export const NO_RESULTS: ToolResults = { status: null, sources: [], searches: 0, picture: { kind: 'none' } };

const MAX_SOURCES = 20;
const MAX_TITLE = 200;
const MAX_URL = 2_000;

/** The results after an event. Pure; the same object when the event says nothing of them. */
export function applyToolEvent(results: ToolResults, event: ModelEvent): ToolResults {
  switch (event.type) {
    case 'response.web_search_call.in_progress':
    case 'response.web_search_call.searching':
      return withStatus(results, 'searching');
    case 'response.image_generation_call.in_progress':
    case 'response.image_generation_call.generating':
      return withStatus(results, 'drawing');
    case 'response.web_search_call.completed':
    case 'response.image_generation_call.completed':
      return withStatus(results, null);
    case 'response.output_text.annotation.added':
      return addSource(results, event.annotation);
    case 'response.output_item.done':
      return endItem(results, event.item);
    default:
      return results;
  }
}

function withStatus(results: ToolResults, status: ToolResults['status']): ToolResults {
  return results.status === status ? results : { ...results, status };
}

type Item = Extract<ModelEvent, { type: 'response.output_item.done' }>['item'];

/** A call that failed has no event of its own. Services that speak this API halfway leave the item out. */
function endItem(results: ToolResults, item: Item | undefined): ToolResults {
  if (item?.type === 'web_search_call') return { ...withStatus(results, null), searches: results.searches + 1 };
  if (item?.type === 'function_call' && item.name === PICTURE_LIMIT)
    return { ...results, picture: { kind: 'limited' } };
  if (item?.type !== 'image_generation_call') return results;
  const ended = withStatus(results, null);
  if (ended.picture.kind === 'made') return ended;
  return { ...ended, picture: item.result ? { kind: 'made', base64: item.result } : { kind: 'failed' } };
}

type Annotation = Extract<ModelEvent, { type: 'response.output_text.annotation.added' }>['annotation'];

/** Of all that can be cited, only web pages are shown. */
function addSource(results: ToolResults, annotation: Annotation | undefined): ToolResults {
  if (annotation?.type !== 'url_citation' || !isWebAddress(annotation.url)) return results;
  const { url } = annotation;
  if (results.sources.length === MAX_SOURCES || results.sources.some((source) => source.url === url)) return results;
  const title = cleanText(annotation.title ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE);
  return { ...results, sources: [...results.sources, { title: wellFormed(title) || new URL(url).host, url }] };
}

function isWebAddress(url: string): boolean {
  return url.length <= MAX_URL && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
