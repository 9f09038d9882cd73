import { relative } from 'node:path';
import { ROOT } from '../command/project.ts';

export interface Greeting {
  /** Origin of the welcome page, the join page and, in the embedded stack, everything else. */
  readonly pagesUrl: string;
  readonly supabaseUrl: string;
  /** What only the embedded stack has. */
  readonly embedded: {
    readonly mailUrl: string;
    readonly databaseUrl: string;
    readonly ai: string;
    readonly logFile: string;
  } | null;
  readonly extensionFolder: string;
  /** How many browsers were opened. */
  readonly opened: number;
  /** A sentence on why one that was wanted was not. */
  readonly obstacle: string | null;
}

/** What is said once everything runs: where things are, and what to do next. */
export function greet({ pagesUrl, supabaseUrl, embedded, extensionFolder, opened, obstacle }: Greeting): string {
  const places: readonly (readonly [string, string | undefined])[] = [
    ['Try it on', `${pagesUrl}/welcome`],
    ['Mail codes', embedded?.mailUrl],
    ['Supabase', supabaseUrl],
    ['Database', embedded === null ? undefined : withoutPassword(embedded.databaseUrl)],
    ['Extension', extensionFolder],
    ['Log', embedded === null ? undefined : relative(ROOT, embedded.logFile)],
  ];
  const steps = opened > 0 ? stepsInBrowser(opened) : stepsByHand(pagesUrl, extensionFolder);
  return [
    '',
    embedded === null
      ? 'Sideroom is built for your Supabase project.'
      : 'Sideroom is running. Your data stay in .sideroom/.',
    '',
    ...places.flatMap(([name, place]) => (place === undefined ? [] : [`  ${name.padEnd(12)}${place}`])),
    '',
    ...(embedded === null ? [] : [embedded.ai, '']),
    ...(obstacle === null ? [] : [obstacle, '']),
    'Next',
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    '',
    'Ctrl-C stops everything. `npm start -- --help` lists the options.',
    '',
  ].join('\n');
}

function stepsInBrowser(opened: number): string[] {
  return [
    "Click Sideroom's button in the toolbar, or press Alt+Shift+S. It opens over any page.",
    'Sign up with any address and a password of 8 letters or more.',
    opened > 1
      ? 'Start a group, copy its invite link, and open the link in the other window.'
      : 'Start a group and mention the AI. `npm start -- --people 2` opens a second person beside you.',
  ];
}

function stepsByHand(pagesUrl: string, extensionFolder: string): string[] {
  return [
    `In Chromium, Chrome, Edge or Brave open chrome://extensions, switch Developer mode on, press "Load unpacked" and choose\n     ${extensionFolder}`,
    `Open ${pagesUrl}/welcome and click Sideroom's button in the toolbar, or press Alt+Shift+S.`,
    'Sign up, start a group, and open its invite link in a second browser profile that has the extension too.',
  ];
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  return url.toString();
}
