import { openCopies } from '../_shared/copies.ts';
import { connectDatabase } from '../_shared/database.ts';
import { openFiles } from '../_shared/files.ts';
import { logLine } from '../_shared/log.ts';
import { readEnv } from '../_shared/runtime.ts';
import { serve } from '../_shared/serve.ts';
import { addressSealer, countCallers } from '../_shared/throttle.ts';
import { handleCopy } from './handle.ts';

const database = connectDatabase();

const deps = {
  copies: openCopies(database),
  files: openFiles(),
  identifyCaller: countCallers('copy', { database, sealAddress: addressSealer() }),
  newId: () => crypto.randomUUID(),
};

export default {
  fetch: serve((request) => handleCopy(request, deps), { log: logLine, origins: readEnv('SIDEROOM_ORIGINS') }),
};
