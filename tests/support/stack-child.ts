/** Runs the embedded stack as a process of its own, so that a test can kill it as a whole. */
import { startStack } from '../../supabase/local/stack.ts';

const [dataDir = '', gateway = '0'] = process.argv.slice(2);
const stack = await startStack({ dataDir, durable: true, functions: false, ports: { gateway: Number(gateway) } });
const { url, publishableKey, secretKey, adminUrl } = stack;
process.send?.({ url, publishableKey, secretKey, adminUrl });
process.on('disconnect', () => void stack.stop().then(() => process.exit(0)));
