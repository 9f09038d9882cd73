import { identifyCaller } from '../_shared/caller.ts';
import { connectDatabase } from '../_shared/database.ts';
import { openInvites } from '../_shared/invites.ts';
import { logLine } from '../_shared/log.ts';
import { readEnv } from '../_shared/runtime.ts';
import { serve } from '../_shared/serve.ts';
import { handleInvite } from './handle.ts';

const deps = { invites: openInvites(connectDatabase()), identifyCaller };

export default {
  fetch: serve((request) => handleInvite(request, deps), { log: logLine, origins: readEnv('SIDEROOM_ORIGINS') }),
};
