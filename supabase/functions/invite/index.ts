import { connectDatabase } from '../_shared/database.ts';
import { openInvites } from '../_shared/invites.ts';
import { logLine } from '../_shared/log.ts';
import { readEnv } from '../_shared/runtime.ts';
import { serve } from '../_shared/serve.ts';
import { addressSealer, countCallers } from '../_shared/throttle.ts';
import { handleInvite } from './handle.ts';

const database = connectDatabase();
const sealAddress = addressSealer();

const deps = {
  invites: openInvites(database),
  identifyCaller: countCallers('invite', { database, sealAddress }),
  sealAddress,
};

export default {
  fetch: serve((request) => handleInvite(request, deps), { log: logLine, origins: readEnv('SIDEROOM_ORIGINS') }),
};
