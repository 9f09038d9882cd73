import { Readability } from '@mozilla/readability';
import { MAX_PAGE_CHARACTERS, type PageFailure } from '../model/page-share.ts';
import { storableText } from '../model/text.ts';
import { makeAnchor } from './anchor.ts';
import { readFacts } from './page-facts.ts';
import { MAX_TEXT_CHARACTERS, readPageText } from './page-text.ts';
import type { ArticleReading, ReadingResult, SelectionReading } from './reading-result.ts';
import { sameOriginFrames } from './same-origin-frames.ts';
import { toMarkdown } from './to-markdown.ts';
import { inTurns, nextTask } from './turns.ts';
import { copyVisible, type VisibleCopy } from './visible-copy.ts';

/**
 * What is looked at for an article: somewhat more than may be shared of it. Of a longer page the beginning is read, since the library
 * does its work in one go and the page waits for it.
 */
const MOST = { characters: 110_000, elements: 2_000 };

/**
 * The readable text of a page, with Markdown's blocks, without what nobody sees on it. Where the page shows all of its text in a
 * frame of its own origin, that is read. The page gets its turn every few milliseconds, and nothing of it is changed.
 */
export async function readArticle(document: Document, address: string): Promise<ReadingResult<ArticleReading>> {
  const why = whyNot(document);
  if (why !== null) return { ok: false, why };
  const facts = readFacts(document, address);
  // On a page of many elements that was a slice of its own.
  await nextTask();
  const copy = await fullestCopy(document);
  copy.document.title = facts.title;
  const { text, whole } = await inTurns(toMarkdown(await extract(copy), MAX_PAGE_CHARACTERS));
  if (text === '') return { ok: false, why: 'no_text' };
  const reading = { kind: 'article', facts, text: storableText(text) } as const;
  return { ok: true, reading: whole && copy.whole ? reading : { ...reading, cut: true } };
}

/** What the person selected on a page or in a frame of its own origin, with its anchor. What they typed into a field is not read. */
export async function readSelection(window: Window): Promise<ReadingResult<SelectionReading>> {
  const { document } = window;
  const why = whyNot(document);
  if (why !== null) return { ok: false, why };
  const selected = selectedRange(document);
  if (selected === null) return { ok: false, why: 'nothing_selected' };
  const page = await inTurns(readPageText(selected.root, MAX_TEXT_CHARACTERS));
  const found = page.offsetsOf(selected.range);
  // It ends, or begins, behind what is read.
  if (!page.whole && (found === null || found.end >= page.text.length)) return { ok: false, why: 'too_big' };
  if (found === null) return { ok: false, why: 'nothing_selected' };
  const [start, end] = trim(page.text, found.start, found.end);
  if (start >= end) return { ok: false, why: 'nothing_selected' };
  if (end - start > MAX_PAGE_CHARACTERS) return { ok: false, why: 'too_big' };
  const anchor = makeAnchor(page.text, start, end);
  const facts = readFacts(document, window.location.href);
  return { ok: true, reading: { kind: 'selection', facts, text: anchor.exact, anchor } };
}

/** Why nothing can be read on this document; null where something can. */
export function whyNot({ contentType, location, body }: Document): PageFailure | null {
  if (contentType === 'application/pdf') return 'pdf';
  if (!/^https?:$/.test(location.protocol)) return 'not_allowed';
  return body === null ? 'no_text' : null;
}

async function fullestCopy(document: Document): Promise<VisibleCopy> {
  const own = await inTurns(copyVisible(document.body, MOST));
  if (own.characters >= FEW || !own.whole) return own;
  for (const frame of sameOriginFrames(document)) {
    const copy = await inTurns(copyVisible(frame.body, MOST));
    if (copy.characters > own.characters && copy.characters >= FEW) return copy;
  }
  return own;
}

/** Fewer characters than this are no article. */
const FEW = 140;

async function extract({ document, characters }: VisibleCopy): Promise<Element> {
  // The library takes its document apart.
  const all = document.body.cloneNode(true) as Element;
  await nextTask();
  const article = new Readability<Node>(document, {
    // Its own 500 are for pages whose menus still stand there: on short ones it would give up what is around the article.
    charThreshold: 200,
    serializer: (node) => node,
    disableJSONLD: true,
    keepClasses: true,
  }).parse();
  await nextTask();
  const content = article?.content;
  const length = article?.length ?? 0;
  const isMeagre = length < FEW || (length < characters * 0.15 && characters < 20_000);
  return content instanceof Element && !isMeagre ? content : all;
}

function selectedRange(document: Document): { range: Range; root: Element } | null {
  for (const each of [document, ...sameOriginFrames(document)]) {
    const selection = each.getSelection();
    if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) continue;
    const range = selection.getRangeAt(0).cloneRange();
    if (!range.collapsed) return { range, root: each.body };
  }
  return null;
}

function trim(text: string, start: number, end: number): [number, number] {
  const passage = text.slice(start, end);
  return [start + (passage.length - passage.trimStart().length), end - (passage.length - passage.trimEnd().length)];
}
