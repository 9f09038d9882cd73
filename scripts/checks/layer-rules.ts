/** A part of the code, and what it may know. */
export interface Layer {
  readonly name: string;
  /** Files, and folders with a slash at the end. Where several layers match a file, the longest path counts. */
  readonly paths: readonly string[];
  /** Other layers that it may import from, besides itself. */
  readonly knows: readonly string[];
  /** Packages, and groups of them with a slash at the end, that it may import. */
  readonly packages: readonly string[];
}

/**
 * lib/model ← lib/data ← lib/hub ← components ← entrypoints, and lib/model ← lib/page beside them. The panel's end of the port knows the model alone, and the panel knows
 * the hub by that end alone, so no Supabase client gets into the panel's bundle. Code outside these layers may import anything.
 */
export const LAYERS: readonly Layer[] = [
  { name: 'model', paths: ['lib/model/'], knows: [], packages: ['uuid', 'valibot'] },
  { name: 'data', paths: ['lib/data/'], knows: ['model'], packages: ['@supabase/supabase-js', 'idb', 'valibot'] },
  {
    // What reads pages. It runs in them, and needs nothing of ours but words.
    name: 'page',
    paths: ['lib/page/'],
    knows: ['model'],
    packages: ['@mozilla/readability', 'approx-string-match', 'valibot'],
  },
  { name: 'hub', paths: ['lib/hub/'], knows: ['model', 'data', "panel's end"], packages: ['valibot'] },
  {
    name: "panel's end",
    paths: [
      'lib/hub/panel-client.ts',
      'lib/hub/panel-line.ts',
      'lib/hub/panel-pages.ts',
      'lib/hub/panel-reactions.ts',
      'lib/hub/port.ts',
    ],
    knows: ['model'],
    packages: ['valibot'],
  },
  {
    name: 'components',
    paths: ['components/'],
    knows: ['model', 'page', "panel's end", 'markdown', 'emoji', 'files'],
    packages: ['preact', 'preact/', '@preact/signals'],
  },
  {
    // A chunk of its own: what looks into files and draws pictures anew.
    name: 'files',
    paths: ['components/files/'],
    knows: ['model'],
    packages: ['file-type'],
  },
  {
    // A chunk of its own: the picker and what it knows of each emoji.
    name: 'emoji',
    paths: ['components/emoji/'],
    knows: ['components'],
    packages: ['preact', 'preact/', 'emojibase-data/'],
  },
  {
    // The only part of the panel that may know the parsers: they are a chunk of their own.
    name: 'markdown',
    paths: ['components/markdown/'],
    knows: ['model', "panel's end", 'components'],
    packages: [
      ...[
        'preact',
        'preact/',
        '@preact/signals',
        'mdast',
        'mdast-util-from-markdown',
        'mdast-util-gfm',
        'mdast-util-math',
      ],
      ...['micromark-extension-gfm', 'micromark-extension-math', 'katex', 'lowlight'],
    ],
  },
  {
    name: 'entrypoints',
    paths: ['entrypoints/'],
    knows: ['model', 'page', "panel's end", 'components', 'build settings'],
    packages: ['preact', 'preact/', '@preact/signals', 'wxt/'],
  },
  {
    name: 'background',
    paths: ['entrypoints/background/', 'entrypoints/background.ts'],
    knows: ['model', 'page', 'data', 'hub', "panel's end", 'entrypoints', 'build settings'],
    packages: ['wxt/'],
  },
  {
    name: 'web app',
    paths: ['web/'],
    // Where there are no shared workers, the hub runs in the page.
    knows: ['model', "panel's end", 'components', 'web hub', 'build settings'],
    packages: ['preact', 'preact/'],
  },
  {
    name: 'web hub',
    paths: ['web/hub.ts', 'web/serve-hub.ts'],
    knows: ['model', 'data', 'hub', "panel's end", 'web app', 'build settings'],
    packages: [],
  },
  {
    name: 'build settings',
    paths: ['scripts/build-settings.ts', 'entrypoints/background/settings.ts', 'web/settings.ts'],
    knows: [],
    packages: [],
  },
  {
    name: 'model service',
    paths: ['supabase/functions/_shared/openai-client.ts'],
    knows: [],
    packages: ['openai'],
  },
  {
    name: 'functions',
    paths: ['supabase/functions/_shared/'],
    knows: ['model'],
    packages: ['@supabase/', 'valibot'],
  },
  {
    name: 'functions without packages of their own',
    paths: ['supabase/functions/invite/', 'supabase/functions/copy/', 'supabase/functions/purge/'],
    knows: ['model', 'functions'],
    packages: ['@supabase/', 'valibot'],
  },
  {
    name: 'reply function',
    paths: ['supabase/functions/reply/'],
    knows: ['model', 'functions', 'model service'],
    packages: ['@supabase/', 'openai', 'valibot'],
  },
  {
    name: 'speech function',
    paths: ['supabase/functions/speech/'],
    knows: ['model', 'functions', 'model service'],
    packages: ['@supabase/', 'openai', 'valibot'],
  },
  { name: 'labelled moments', paths: ['evals/set/'], knows: ['model'], packages: [] },
  { name: 'scores', paths: ['evals/score/'], knows: ['labelled moments'], packages: [] },
];
