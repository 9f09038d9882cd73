/**
 * Aborted when this command shall end: on Ctrl-C, when it is told to, or when the process that started it is gone (scripts/run.mjs
 * gives an IPC channel for that). A second Ctrl-C changes nothing: the end is already under way.
 */
export function listenForStop(): AbortSignal {
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.on('disconnect', end);
  // The channel is there to be lost; it must not keep the command alive.
  process.channel?.unref();
  return stop.signal;
}
