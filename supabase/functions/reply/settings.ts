import type { ModelSlot } from '../_shared/replies.ts';
import { readEnv } from '../_shared/runtime.ts';
import type { AnswerLimits } from './answer.ts';
import { type Capabilities, parseCapabilities } from './capabilities.ts';
import type { ModelSettings } from './model.ts';
import type { Slots } from './router.ts';

/** All that can be set from outside; `supabase/functions/.env.example` explains each name. */
export function readModelSettings(): ModelSettings {
  return { model: readEnv('SIDEROOM_MODEL'), apiKey: readEnv('OPENAI_API_KEY'), baseUrl: readEnv('OPENAI_BASE_URL') };
}

/** What the service can take and do besides words. */
export function readCapabilities(): Capabilities {
  return parseCapabilities(readEnv('SIDEROOM_CAPABILITIES'), readEnv('OPENAI_BASE_URL'));
}

/** The gate asks the same service, perhaps a smaller model. */
export function readGateSettings(): ModelSettings {
  const settings = readModelSettings();
  return { ...settings, model: readEnv('SIDEROOM_GATE_MODEL') ?? settings.model };
}

/** The moderation of the same service; null where it has none. */
export function readModerationSettings(): ModelSettings | null {
  if (!readCapabilities().has('moderation')) return null;
  return { ...readModelSettings(), model: readEnv('SIDEROOM_MODERATION_MODEL') };
}

/** Which API the gate is asked over. */
export function readGateApi(): 'responses' | 'decisions' {
  const name = readEnv('SIDEROOM_GATE_API') ?? 'responses';
  if (name !== 'responses' && name !== 'decisions')
    throw new Error(`SIDEROOM_GATE_API is “${name}”, which is neither responses nor decisions`);
  return name;
}

/** Models by what they are for; `standard` is the one without which nothing answers. */
export function readSlots(): Slots {
  const names: Readonly<Record<ModelSlot, string | undefined>> = {
    small: readEnv('SIDEROOM_MODEL_SMALL'),
    standard: readEnv('SIDEROOM_MODEL'),
    large: readEnv('SIDEROOM_MODEL_LARGE'),
  };
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined));
}

export function readLimits(): AnswerLimits {
  return {
    deltaMs: readNumber('SIDEROOM_DELTA_MS', 250),
    beatMs: 2_000,
    jobMs: 110_000,
    messages: 100,
    contextTokens: readNumber('SIDEROOM_CONTEXT_TOKENS', 12_000),
  };
}

/** With `jobMs` it stays below the 150 seconds after which the smallest plan ends a worker. */
export const CLAIM_MS = 30_000;

function readNumber(name: string, fallback: number): number {
  const text = readEnv(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number that is not negative`);
  return value;
}
