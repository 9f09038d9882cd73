import { connectDatabase } from '../_shared/database.ts';
import { openFiles } from '../_shared/files.ts';
import { logLine } from '../_shared/log.ts';
import { openReplies } from '../_shared/replies.ts';
import { readEnv, runInBackground } from '../_shared/runtime.ts';
import { serve } from '../_shared/serve.ts';
import { openSummaries } from '../_shared/summaries.ts';
import { addressSealer, countCallers } from '../_shared/throttle.ts';
import { announceOnce } from './announce.ts';
import { connectDecisionsGate } from './gate-decisions.ts';
import { connectGate } from './gate-responses.ts';
import { handleReply } from './handle.ts';
import { connectModel } from './model.ts';
import { connectModerator } from './moderator.ts';
import {
  CLAIM_MS,
  readCapabilities,
  readGateApi,
  readGateSettings,
  readLimits,
  readModelSettings,
  readModerationSettings,
  readSlots,
} from './settings.ts';
import { connectSummarizer } from './summarizer.ts';

const database = connectDatabase();
const replies = openReplies(database);
const capabilities = readCapabilities();
const slots = readSlots();
const moderation = readModerationSettings();

const deps = {
  replies,
  model: connectModel(readModelSettings()),
  gate: (readGateApi() === 'decisions' ? connectDecisionsGate : connectGate)(readGateSettings()),
  ...(moderation === null ? {} : { moderator: connectModerator(moderation) }),
  memory: { summaries: openSummaries(database), summarizer: connectSummarizer(readGateSettings()) },
  router: { slots, takesEffort: capabilities.has('reasoning') },
  tools: { capabilities, files: openFiles(), avatars: openFiles('avatars') },
  announce: announceOnce(replies, { models: slots, capabilities: [...capabilities] }),
  limits: readLimits(),
  claimMs: CLAIM_MS,
  log: logLine,
  identifyCaller: countCallers('reply', { database, sealAddress: addressSealer() }),
  runInBackground,
};

export default {
  fetch: serve((request) => handleReply(request, deps), { log: logLine, origins: readEnv('SIDEROOM_ORIGINS') }),
};
