import type OpenAI from 'openai';
import type { Files } from '../_shared/files.ts';
import type { Capabilities } from './capabilities.ts';

export type ModelTool = OpenAI.Responses.Tool;

/** What answers are made with besides words. */
export interface Toolbox {
  readonly capabilities: Capabilities;
  readonly files: Pick<Files, 'read' | 'write' | 'copy'>;
  /** Profile pictures; absent: none are ever looked at. */
  readonly avatars?: Pick<Files, 'read'>;
}

/** Searches and pictures of one answer. */
export const MAX_TOOL_CALLS = 4;

/** Whether an answer may hold a picture. `used_up`: the person has had all of their plan for now. */
export type Pictures = 'allowed' | 'used_up' | 'none';

/** How a model says that a picture was asked for where none can be made: the one way that does not depend on a language. */
export const PICTURE_LIMIT = 'picture_limit';

/** The tools that the service has, as a request names them. */
export function toolsOf(capabilities: Capabilities, pictures: Pictures = 'allowed'): readonly ModelTool[] {
  const tools: ModelTool[] = [];
  if (capabilities.has('web_search')) tools.push({ type: 'web_search' });
  if (capabilities.has('image_generation')) tools.push(...PICTURE_TOOLS[pictures]);
  return tools;
}

const PICTURE_TOOLS: Readonly<Record<Pictures, readonly ModelTool[]>> = {
  // Its bytes go to everyone in the chat: a tenth of those of a PNG.
  allowed: [{ type: 'image_generation', output_format: 'webp' }],
  used_up: [
    {
      type: 'function',
      name: PICTURE_LIMIT,
      description:
        'No picture can be made or changed now. If the person asks for one, call this instead of answering, and write nothing. For anything else do not call it.',
      parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
      strict: true,
    },
  ],
  none: [],
};
