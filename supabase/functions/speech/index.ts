import { connectDatabase } from '../_shared/database.ts';
import { logLine } from '../_shared/log.ts';
import { readEnv } from '../_shared/runtime.ts';
import { serve } from '../_shared/serve.ts';
import { openSpending } from '../_shared/spending.ts';
import { addressSealer, countCallers } from '../_shared/throttle.ts';
import { handleSpeech } from './handle.ts';
import { connectTranscriber } from './transcriber.ts';

const database = connectDatabase();

const deps = {
  transcriber: connectTranscriber({
    model: readEnv('SIDEROOM_SPEECH_MODEL'),
    apiKey: readEnv('OPENAI_API_KEY'),
    baseUrl: readEnv('OPENAI_BASE_URL'),
  }),
  spending: openSpending(database),
  identifyCaller: countCallers('speech', { database, sealAddress: addressSealer() }),
  log: logLine,
};

export default {
  fetch: serve((request) => handleSpeech(request, deps), { log: logLine, origins: readEnv('SIDEROOM_ORIGINS') }),
};
