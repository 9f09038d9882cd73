import type OpenAI from 'openai';
import type { Files } from '../_shared/files.ts';
import type { Capabilities } from './capabilities.ts';

export type ModelTool = OpenAI.Responses.Tool;

/** What answers are made with besides words. */
export interface Toolbox {
  readonly capabilities: Capabilities;
  readonly files: Pick<Files, 'read' | 'write' | 'copy'>;
}

/** Searches and pictures of one answer. */
export const MAX_TOOL_CALLS = 4;

/** The tools that the service has, as a request names them. */
export function toolsOf(capabilities: Capabilities): readonly ModelTool[] {
  const tools: ModelTool[] = [];
  if (capabilities.has('web_search')) tools.push({ type: 'web_search' });
  // Its bytes go to everyone in the chat: a tenth of those of a PNG.
  if (capabilities.has('image_generation')) tools.push({ type: 'image_generation', output_format: 'webp' });
  return tools;
}
