import { originOf, sealOrigin } from '../_shared/address.ts';
import { identifyCaller } from '../_shared/caller.ts';
import { connectDatabase } from '../_shared/database.ts';
import { openInvites } from '../_shared/invites.ts';
import { logLine } from '../_shared/log.ts';
import { readProject } from '../_shared/project.ts';
import { readEnv } from '../_shared/runtime.ts';
import { serve } from '../_shared/serve.ts';
import { handleInvite } from './handle.ts';

const { secretKey } = readProject();
const addressHeader = readEnv('SIDEROOM_ADDRESS_HEADER');

const deps = {
  invites: openInvites(connectDatabase()),
  identifyCaller,
  sealAddress: ({ headers }: Request) => sealOrigin(originOf(headers, addressHeader), secretKey),
};

export default {
  fetch: serve((request) => handleInvite(request, deps), { log: logLine, origins: readEnv('SIDEROOM_ORIGINS') }),
};
