import type { LeasedJob, Portrait, Replies, ReplyContext } from '../_shared/replies.ts';
import { namesOfPeople } from './model-input.ts';
import type { Portraits } from './portraits.ts';
import { type ModelTool, type Toolbox, toolsOf } from './tools.ts';

/** What one answer may be made with. */
export interface Toolset {
  readonly tools: readonly ModelTool[];
  readonly portraits: Portraits;
}

/** A picture is taken from the plan before the model is asked, and given back by the database when none is made. */
export async function chooseTools(
  job: LeasedJob,
  context: ReplyContext,
  { tools, replies }: { readonly tools?: Toolbox; readonly replies: Replies },
): Promise<Toolset> {
  const portraits = new Map<string, Portrait>();
  if (tools === undefined) return { tools: [], portraits };
  if (!tools.capabilities.has('image_generation')) return { tools: toolsOf(tools.capabilities), portraits };
  const { taken, resets_at: resetsAt } = await replies.takePicture(job);
  if (!taken) return { tools: toolsOf(tools.capabilities, resetsAt === undefined ? 'none' : 'used_up'), portraits };
  if (tools.avatars !== undefined && tools.capabilities.has('images')) {
    const names = namesOfPeople(context);
    for (const portrait of await replies.portraits(job)) {
      const name = names.get(portrait.user_id);
      if (name !== undefined) portraits.set(name, portrait);
    }
  }
  return { tools: toolsOf(tools.capabilities), portraits };
}
