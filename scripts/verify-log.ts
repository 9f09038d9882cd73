/** `npm run verify-log FILE [SEAL]`: whether the saved log of a chat is as it was written. SEAL: what a member's panel shows. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { shortSeal } from '../lib/model/chat-log.ts';
import { verifyLog } from './verify-log/verify.ts';

const [file, ...seal] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file: npm run verify-log FILE [SEAL]');
  process.exit(2);
}
// npm goes to the project's folder first.
const { faults, rows, head } = verifyLog(
  readFileSync(resolve(process.env['INIT_CWD'] ?? '.', file), 'utf8'),
  seal.join(''),
);
if (faults.length > 0) {
  console.log(faults.join('\n'));
  process.exitCode = 1;
} else if (head !== null) {
  console.log(`Nothing was altered: ${rows} rows, sealed one upon the other.`);
  if (seal.length === 0)
    console.log(
      `Who did it stands there by id: the names in the first line are not sealed. The last one is ${head.number} · ${shortSeal(head.hash)}. If a member’s panel shows the same, nothing was cut off or made anew.`,
    );
}
