const ALL = ['images', 'files', 'web_search', 'image_generation', 'reasoning', 'moderation'] as const;

/**
 * What a model service takes (images, files), does (web_search, image_generation), can be told (how hard to think) or looks through
 * (moderation) besides words.
 */
export type Capability = (typeof ALL)[number];
export type Capabilities = ReadonlySet<Capability>;

const OPENAI = 'api.openai.com';

/**
 * `setting`: names separated by commas, or `none`; absent: all for OpenAI's own service, none for any other, because nothing may be
 * sent that a service refuses. Throws on a name that is none.
 */
export function parseCapabilities(setting: string | undefined, baseUrl: string | undefined): Capabilities {
  if (setting === undefined) return new Set(baseUrl === undefined || new URL(baseUrl).host === OPENAI ? ALL : []);
  if (setting === 'none') return new Set();
  const names = setting.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !isCapability(name));
  if (unknown !== undefined)
    throw new Error(`SIDEROOM_CAPABILITIES has “${unknown}”, which is none of ${ALL.join(', ')}`);
  return new Set(names.filter(isCapability));
}

function isCapability(name: string): name is Capability {
  return (ALL as readonly string[]).includes(name);
}
