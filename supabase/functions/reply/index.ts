import { identifyCaller } from '../_shared/caller.ts';
import { connectDatabase } from '../_shared/database.ts';
import { openFiles } from '../_shared/files.ts';
import { logLine } from '../_shared/log.ts';
import { openReplies } from '../_shared/replies.ts';
import { readEnv, runInBackground } from '../_shared/runtime.ts';
import { serve } from '../_shared/serve.ts';
import { connectGate } from './gate-responses.ts';
import { handleReply } from './handle.ts';
import { connectModel } from './model.ts';
import { connectModerator } from './moderator.ts';
import {
  CLAIM_MS,
  readCapabilities,
  readGateSettings,
  readLimits,
  readModelSettings,
  readModerationSettings,
} from './settings.ts';

const moderation = readModerationSettings();

const deps = {
  replies: openReplies(connectDatabase()),
  model: connectModel(readModelSettings()),
  gate: connectGate(readGateSettings()),
  tools: { capabilities: readCapabilities(), files: openFiles() },
  ...(moderation === null ? {} : { moderator: connectModerator(moderation) }),
  limits: readLimits(),
  claimMs: CLAIM_MS,
  log: logLine,
  identifyCaller,
  runInBackground,
};

export default {
  fetch: serve((request) => handleReply(request, deps), { log: logLine, origins: readEnv('SIDEROOM_ORIGINS') }),
};
