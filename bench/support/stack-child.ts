/** Runs the embedded stack as a process of its own, so that what is measured does not share a thread with who measures. */

import { EXTENSION_ID } from '../../scripts/extension-identity.ts';
import { startStack } from '../../supabase/local/stack.ts';

const stack = await startStack({
  dataDir: process.argv[2] ?? '',
  durable: true,
  extensionOrigins: [`chrome-extension://${EXTENSION_ID}`],
  env: { SIDEROOM_MODEL_PROBE: 'off', ...process.env },
});
const { url, publishableKey, secretKey, adminUrl, model } = stack;
process.send?.({
  url,
  publishableKey,
  secretKey,
  adminUrl,
  model: { baseUrl: model?.baseUrl, apiKey: model?.apiKey, model: model?.model },
});
process.on('disconnect', () => void stack.stop().then(() => process.exit(0)));
