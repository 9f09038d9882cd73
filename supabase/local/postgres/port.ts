import { createServer } from 'node:net';

/** The port itself when it is free on loopback, any free one for 0. Rejects with a sentence when somebody else has it. */
export function claimPort(port: number, purpose: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(inUse(error, port, purpose)));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      const free = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => resolve(free));
    });
  });
}

/** Says in a sentence that a port is taken, when that is what the error is about; other errors stay as they are. */
export function inUse(error: NodeJS.ErrnoException, port: number, purpose: string): Error {
  if (error.code !== 'EADDRINUSE') return error;
  const advice = 'End that program or choose another port.';
  return new Error(`Port ${port}, meant for ${purpose}, is in use by another program. ${advice}`, { cause: error });
}
