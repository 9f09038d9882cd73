import type OpenAI from 'openai';
import type { InputFile } from './input-files.ts';
import { type InputPage, pageParts } from './input-pages.ts';

type Part = OpenAI.Responses.ResponseInputContent;

/** Files within the JSON line of their message, each with how the model gets it. */
export function describeFiles(files: readonly InputFile[]): readonly object[] {
  return files.map((file) => {
    switch (file.kind) {
      case 'text':
        return { name: file.name, text: file.text, ...(file.isCut ? { cut: true } : {}) };
      case 'unread':
        return { name: file.name, unread: true };
      default:
        return { name: file.name, shown: true };
    }
  });
}

/** The line of a message, and behind it the pages that it shares and the files that are shown. */
export function contentOf(
  line: string,
  files: readonly InputFile[],
  pages: readonly InputPage[] = [],
): string | Part[] {
  const shown = files.flatMap((file): Part[] => {
    if (file.kind === 'image') return [{ type: 'input_image', image_url: file.dataUrl, detail: 'auto' }];
    if (file.kind === 'document') return [{ type: 'input_file', filename: file.name, file_data: file.dataUrl }];
    return [];
  });
  const parts = [...pageParts(pages), ...shown];
  return parts.length === 0 ? line : [{ type: 'input_text', text: line }, ...parts];
}
