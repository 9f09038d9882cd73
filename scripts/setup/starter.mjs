import { birthOf, parentOf } from './process-identity.mjs';

const LOOK_MS = 1000;

/**
 * Calls back once when the process that started this one is gone, which is how a kill -9 of npm shows. Between npm and us there
 * may be a shell that would wait for us, so under npm the parent's parent counts too.
 * @param {() => void} onGone
 * @returns {() => void} stops watching
 */
export function watchStarter(onGone) {
  const parent = process.ppid;
  const grandparent = process.env.npm_lifecycle_event === undefined ? null : parentOf(parent);
  const starters = [parent, grandparent].flatMap((pid) => {
    const birth = pid === null || pid <= 1 ? null : birthOf(pid);
    return birth === null ? [] : [{ pid: Number(pid), birth }];
  });
  const timer = setInterval(() => {
    if (starters.every(({ pid, birth }) => birthOf(pid) === birth)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_MS);
  return () => clearInterval(timer);
}
