import { join } from 'node:path';
import { type BrowserWindow, openBrowser } from './browser.ts';
import { findBrowser } from './display.ts';
import { StartError } from './failure.ts';
import { placeWindows } from './windows.ts';

export interface People {
  /** How many browsers were opened. */
  readonly opened: number;
  /** A sentence on why one that was wanted was not. */
  readonly obstacle: string | null;
  stop(): Promise<void>;
}

export interface PeopleOptions extends Pick<BrowserWindow, 'extensionFolder' | 'url'> {
  readonly count: number;
  /** Holds one browser profile per person. */
  readonly profiles: string;
}

/** Opens a browser for each person where that is possible. All else runs without, so what is in the way is told, not thrown. */
export async function openPeople({ count, profiles, extensionFolder, url }: PeopleOptions): Promise<People> {
  const browsers: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    await Promise.all(browsers.map((browser) => browser.stop()));
  };
  try {
    const executable = count === 0 ? '' : findBrowser();
    for (const [index, place] of placeWindows(count).entries()) {
      const profile = join(profiles, String(index + 1));
      browsers.push(await openBrowser({ executable, profile, extensionFolder, url, place }));
    }
    return { opened: browsers.length, obstacle: null, stop };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { opened: browsers.length, obstacle: error.message, stop };
  }
}
