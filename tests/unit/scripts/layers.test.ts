import { describe, expect, test } from 'vitest';
import { layerFaultsOf } from '../../../scripts/checks/layers.ts';

const forbidden: readonly (readonly [file: string, specifier: string])[] = [
  ['lib/model/chat.ts', '../data/chats.ts'],
  ['lib/model/chat.ts', '../hub/sync.ts'],
  ['lib/model/chat.ts', '@supabase/supabase-js'],
  ['lib/model/chat.ts', 'node:fs'],
  ['lib/data/chats.ts', '../hub/sync.ts'],
  ['lib/data/chats.ts', '../../components/App.tsx'],
  ['lib/data/store/drafts.ts', '../../hub/sync.ts'],
  ['lib/hub/sync.ts', '../../components/App.tsx'],
  ['lib/hub/sync.ts', '../../entrypoints/background/passes.ts'],
  ['lib/hub/sync.ts', '@supabase/supabase-js'],
  ['lib/hub/sync.ts', 'idb'],
  ['lib/hub/panel-client.ts', './sync.ts'],
  ['lib/hub/panel-client.ts', '../data/chats.ts'],
  ['components/App.tsx', '../lib/data/chats.ts'],
  ['components/App.tsx', '../lib/hub/sync.ts'],
  ['components/App.tsx', '../entrypoints/panel/surface.ts'],
  ['components/App.tsx', '@supabase/supabase-js'],
  ['entrypoints/panel/main.ts', '../../lib/data/chats.ts'],
  ['entrypoints/panel/main.ts', '../../lib/hub/sync.ts'],
  ['entrypoints/panel/main.ts', '../background/passes.ts'],
  ['entrypoints/overlay/index.ts', '../../supabase/local/stack.ts'],
  ['entrypoints/background/index.ts', '../../components/App.tsx'],
  ['supabase/functions/_shared/log.ts', '../reply/handle.ts'],
  ['supabase/functions/invite/handle.ts', '../reply/handle.ts'],
  ['supabase/functions/reply/handle.ts', '../../../lib/data/chats.ts'],
  ['supabase/functions/reply/handle.ts', '../../local/stack.ts'],
  ['supabase/functions/invite/handle.ts', 'openai'],
];

const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ['lib/data/chats.ts', '../model/chat.ts'],
  ['lib/data/chats.ts', '@supabase/supabase-js'],
  ['lib/hub/sync.ts', '../data/chats.ts'],
  ['lib/hub/sync.ts', './panel-client.ts'],
  ['lib/hub/panel-client.ts', '../model/protocol.ts'],
  ['components/App.tsx', '../lib/hub/panel-client.ts'],
  ['components/App.tsx', 'preact/hooks'],
  ['entrypoints/panel/main.ts', '../../components/App.tsx'],
  ['entrypoints/background/index.ts', '../../lib/hub/sync.ts'],
  ['supabase/functions/reply/handle.ts', '../_shared/log.ts'],
  ['supabase/local/stack.ts', '../../lib/model/chat.ts'],
  ['tests/unit/hub/sync.test.ts', '../../../lib/hub/sync.ts'],
];

describe('imports point one way', () => {
  test.each(forbidden)('%s may not import %s', (file, specifier) => {
    expect(layerFaultsOf(file, `import { a } from '${specifier}';`)).toEqual([
      expect.stringContaining(`${file} imports ${specifier}:`),
    ]);
  });

  test.each(allowed)('%s may import %s', (file, specifier) => {
    expect(layerFaultsOf(file, `import { a } from '${specifier}';`)).toEqual([]);
  });

  test.each([
    "import type { A } from '../data/a.ts';",
    "import '../data/a.ts';",
    "export { a } from '../data/a.ts';",
    "export * from '../data/a.ts';",
    "export const load = () => import('../data/a.ts');",
    "export type A = import('../data/a.ts').A;",
  ])('however it is written: %s', (source) => {
    expect(layerFaultsOf('lib/model/chat.ts', source)).toHaveLength(1);
  });

  test('an import whose target only shows at run time is refused', () => {
    expect(layerFaultsOf('lib/model/chat.ts', 'export const load = (path: string) => import(path);')).toHaveLength(1);
  });
});
