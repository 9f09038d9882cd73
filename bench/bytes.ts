import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './support/bench.ts';

/** Compressed sizes of what each place loads, from the built files. */
export const bytes: Bench = async ({ extensionDir }) => {
  const at = (name: string) => readFileSync(join(extensionDir, name), 'utf8');
  const gzip = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + gzipSync(at(name), { level: 9 }).length, 0);
  const kilobytes = (size: number) => `${(size / 1000).toFixed(1)} kB`;

  const panelHtml = at('panel.html');
  const scripts = reachable(
    [...panelHtml.matchAll(/<script[^>]+src="\/?([^"]+)"/g)].map((match) => match[1] ?? ''),
    at,
  );
  const styles = [...panelHtml.matchAll(/<link[^>]+href="\/?([^"]+\.css)"/g)].map((match) => match[1] ?? '');
  const background = reachable(['background.js'], at);
  const joinScripts = readdirSync(join(extensionDir, 'content-scripts')).map((name) => `content-scripts/${name}`);
  const panel = gzip(scripts);
  return {
    title: 'Bytes (gzip -9)',
    lines: [
      '| what | size |',
      '|---|---|',
      '| an untouched page gets | 0 kB |',
      `| the page on which the overlay is opened gets (script) | ${kilobytes(gzip(['overlay.js']))} |`,
      `| the page of which something is read gets besides (script) | ${kilobytes(gzip(['page-reader.js']))} |`,
      `| the panel: script | ${kilobytes(panel)} |`,
      `| the panel: styles | ${kilobytes(gzip(styles))} |`,
      `| the background | ${kilobytes(gzip(background))} |`,
      `| the join page's content script | ${kilobytes(gzip(joinScripts))} |`,
      '',
      `Aim: ≤ 60 kB of script for the panel. Seen: ${kilobytes(panel)}.`,
    ],
  };
};

/** The scripts and all that they import statically. */
function reachable(entries: readonly string[], at: (name: string) => string): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, path] of at(name).matchAll(/(?:from|import)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
      if (path !== undefined) visit(join(name, '..', path));
    }
  };
  for (const entry of entries) visit(entry);
  return [...found];
}
