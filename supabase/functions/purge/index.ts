import { identifyCaller } from '../_shared/caller.ts';
import { connectDatabase } from '../_shared/database.ts';
import { openFiles } from '../_shared/files.ts';
import { logLine } from '../_shared/log.ts';
import { serve } from '../_shared/serve.ts';
import { handlePurge } from './handle.ts';

const deps = { database: connectDatabase(), files: openFiles(), pictures: openFiles('avatars'), identifyCaller };

export default { fetch: serve((request) => handlePurge(request, deps), { log: logLine }) };
