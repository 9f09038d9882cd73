import * as v from 'valibot';
import { refuse } from '../_shared/answers.ts';
import type { Caller } from '../_shared/caller.ts';
import { readBody } from '../_shared/read-body.ts';
import type { LeasedJob } from '../_shared/replies.ts';
import { type WorkDeps, workChat } from './work.ts';

export interface ReplyDeps extends WorkDeps {
  identifyCaller(request: Request): Promise<Caller>;
  runInBackground(work: Promise<void>): void;
  /** Tells what the AI's service has; never rejects. */
  announce(): Promise<void>;
}

const Body = v.object({ chat_id: v.optional(v.pipe(v.string(), v.uuid())) });

/** How many chats one call takes on; what is left waits for the next call. */
const MAX_CHATS = 8;

/**
 * POST {chat_id?}: takes up the replies that are due, in that chat or in any, and answers 202 {claimed} at once; the work goes on in
 * the background. A call carries no authority: the jobs exist already, and the caller learns nothing but their number.
 */
export async function handleReply(request: Request, deps: ReplyDeps): Promise<Response> {
  const body = await readBody(request, Body);
  if (body === null) return refuse('invalid', 'expected {chat_id?: uuid}');
  const caller = await deps.identifyCaller(request);
  if (caller.kind === 'anonymous') return refuse('unauthorized', 'not signed in', 'Sign in and try again.');
  await deps.announce();
  const jobs = await claimJobs(body.chat_id ?? null, deps);
  for (const job of jobs) deps.runInBackground(workChat(job, deps));
  return Response.json({ claimed: jobs.length }, { status: 202 });
}

/** Of each chat at most one job is leased at a time, so these all belong to different chats. */
async function claimJobs(chatId: string | null, { replies }: ReplyDeps): Promise<LeasedJob[]> {
  const jobs: LeasedJob[] = [];
  const most = chatId === null ? MAX_CHATS : 1;
  while (jobs.length < most) {
    const job = await replies.claim(chatId);
    if (job === null) break;
    jobs.push(job);
  }
  return jobs;
}
