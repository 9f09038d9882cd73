/** The shared worker in which the hub of all tabs runs. */
import { serveHub } from './serve-hub.ts';

const serve = serveHub();
(globalThis as unknown as SharedWorkerScope).onconnect = ({ ports: [port] }) => {
  if (port !== undefined) serve(port);
};

interface SharedWorkerScope {
  onconnect: (event: MessageEvent) => void;
}
