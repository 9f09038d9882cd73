import { connectDatabase } from '../_shared/database.ts';
import { openFiles } from '../_shared/files.ts';
import { logLine } from '../_shared/log.ts';
import { serve } from '../_shared/serve.ts';
import { addressSealer, countCallers } from '../_shared/throttle.ts';
import { handlePurge } from './handle.ts';

const database = connectDatabase();

const deps = {
  database,
  files: openFiles(),
  pictures: openFiles('avatars'),
  identifyCaller: countCallers('purge', { database, sealAddress: addressSealer() }),
};

export default { fetch: serve((request) => handlePurge(request, deps), { log: logLine }) };
