import { parseArgs } from 'node:util';
import { DEFAULT_ORIGIN } from '../build-settings.ts';
import { StartError } from './failure.ts';

export const HELP = `npm start [-- options]        starts Sideroom on this machine

  --people N         open N browsers, each a person of its own (1 to 4; default 1)
  --fresh            begin anew: forgets accounts, chats and browser profiles
  --port N           port of the server and its pages, 0 for any free one (default ${new URL(DEFAULT_ORIGIN).port})
  --no-browser       print what to do instead of opening a browser
  --supabase URL     use that Supabase project instead of the embedded one
  --key KEY          its publishable key
  --help             this text
`;

export interface StartOptions {
  readonly people: number;
  readonly fresh: boolean;
  readonly port: number;
  readonly browser: boolean;
  /** A project to use instead of the embedded stack. */
  readonly supabase: { readonly url: string; readonly key: string } | null;
}

/** Null when only the help is wanted. Throws a StartError that names the argument at fault. */
export function readOptions(args: readonly string[]): StartOptions | null {
  const { values } = parse(args);
  if (values.help) return null;
  const { supabase, key } = values;
  if ((supabase === undefined) !== (key === undefined)) {
    throw new StartError('--supabase and --key belong together: the address of a project and its publishable key.');
  }
  return {
    people: readNumber('people', values.people ?? '1', 1, 4),
    fresh: values.fresh ?? false,
    port: readNumber('port', values.port ?? new URL(DEFAULT_ORIGIN).port, 0, 65_534),
    browser: values.browser ?? true,
    supabase: supabase === undefined || key === undefined ? null : { url: supabase, key },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        people: { type: 'string' },
        fresh: { type: 'boolean' },
        port: { type: 'string' },
        browser: { type: 'boolean' },
        supabase: { type: 'string' },
        key: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence] = error.message.split('. ');
    throw new StartError(`${sentence}. \`npm start -- --help\` lists the options.`, { cause: error });
  }
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new StartError(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}
