import { LOCAL_SERVERS, type LocalServer, listModels } from './local-models.ts';
import { PRACTICE_MODEL } from './practice-model/request.ts';
import { startPracticeModel } from './practice-model/server.ts';

export interface ChosenModel {
  readonly kind: 'openai' | 'local' | 'practice';
  /** Who serves it, for people. */
  readonly name: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** One short sentence for people. Never holds the key. */
  readonly banner: string;
  /** The settings that tell the functions all this, and those of the functions' own that were given. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface ModelOptions {
  /**
   * Where OPENAI_API_KEY, OPENAI_BASE_URL and SIDEROOM_MODEL (or OPENAI_MODEL) are looked up. SIDEROOM_MODEL_PROBE=off looks for no
   * model server on this machine; SIDEROOM_PRACTICE_WORD_MS is the time between two words of the practice model.
   */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Port of the practice model, should it be needed; 0 or absent: a free one. */
  readonly port?: number;
  /** Where to look for model servers on this machine. */
  readonly localServers?: readonly LocalServer[];
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

const OPENAI_URL = 'https://api.openai.com/v1';
/** A good and cheap one for chat at the time of writing; SIDEROOM_MODEL chooses another. */
const OPENAI_DEFAULT = 'gpt-6.1-terra';
/** The same for speech; SIDEROOM_SPEECH_MODEL chooses another, and names the one of any other service. */
const OPENAI_SPEECH = 'gpt-4o-mini-transcribe';
/** Model servers on one's own machine take any key, and clients insist on one. */
const ANY_KEY = 'none';

const PRACTICE_SETTINGS = {
  SIDEROOM_CAPABILITIES: 'images,files,web_search,image_generation,reasoning,moderation',
  SIDEROOM_MODEL_SMALL: 'practice-small',
  SIDEROOM_MODEL_LARGE: 'practice-large',
};

type Connection = Pick<ChosenModel, 'kind' | 'name' | 'baseUrl' | 'apiKey' | 'model' | 'banner'> & {
  /** The model that turns speech into text, where one is known. */
  readonly speechModel?: string;
  readonly stop?: () => Promise<void>;
};

/** The first that there is: a service with a key or a URL given, a model server on this machine, the practice model. */
export async function chooseModel(options: ModelOptions): Promise<ChosenModel> {
  const connection =
    (await connectConfigured(options)) ?? (await connectLocal(options)) ?? (await connectPractice(options));
  const { stop = async () => undefined, speechModel, ...chosen } = connection;
  return {
    ...chosen,
    stop,
    env: {
      ...(speechModel !== undefined && { SIDEROOM_SPEECH_MODEL: speechModel }),
      ...(chosen.kind === 'practice' ? PRACTICE_SETTINGS : {}),
      ...ownSettings(options.env),
      OPENAI_API_KEY: chosen.apiKey,
      OPENAI_BASE_URL: chosen.baseUrl,
      SIDEROOM_MODEL: chosen.model,
    },
  };
}

async function connectConfigured({ env, signal, log = () => undefined }: ModelOptions): Promise<Connection | null> {
  const apiKey = setting(env, 'OPENAI_API_KEY');
  const configuredUrl = setting(env, 'OPENAI_BASE_URL')?.replace(/\/+$/, '');
  if (apiKey === undefined && configuredUrl === undefined) return null;
  const baseUrl = configuredUrl ?? OPENAI_URL;
  const isOpenAi = baseUrl === OPENAI_URL;
  const wanted = wantedModel(env);
  const offered =
    isOpenAi || wanted !== undefined
      ? null
      : await listModels(baseUrl, { ...(apiKey && { apiKey }), ...(signal && { signal }) });
  const model = wanted ?? (isOpenAi ? OPENAI_DEFAULT : offered?.[0]);
  if (model === undefined) {
    log(`AI: ${hostOf(baseUrl)} names no model. Set SIDEROOM_MODEL to the name of one that it has.`);
    return null;
  }
  const name = isOpenAi ? 'OpenAI' : hostOf(baseUrl);
  const banner = `AI: ${model} by ${name}.`;
  return {
    kind: apiKey === undefined ? 'local' : 'openai',
    ...{ name, baseUrl, apiKey: apiKey ?? ANY_KEY, model, banner },
    ...(isOpenAi && { speechModel: OPENAI_SPEECH }),
  };
}

async function connectLocal({
  env,
  localServers = LOCAL_SERVERS,
  signal,
  log = () => undefined,
}: ModelOptions): Promise<Connection | null> {
  if (setting(env, 'SIDEROOM_MODEL_PROBE') === 'off') return null;
  const wanted = wantedModel(env);
  const answers = await Promise.all(
    localServers.map((server) => listModels(server.baseUrl, { ...(signal && { signal }) })),
  );
  for (const [index, { name, baseUrl }] of localServers.entries()) {
    const offered = answers[index] ?? [];
    const model = wanted === undefined ? offered[0] : offered.find((id) => id === wanted);
    if (model !== undefined)
      return {
        kind: 'local',
        name,
        baseUrl,
        apiKey: ANY_KEY,
        model,
        banner: `AI: ${model} by ${name} on this machine.`,
      };
    if (offered.length > 0) log(`AI: ${name} is here but has no model named ${wanted}. It has: ${offered.join(', ')}.`);
  }
  return null;
}

async function connectPractice({ env, port = 0 }: ModelOptions): Promise<Connection> {
  const wordMs = setting(env, 'SIDEROOM_PRACTICE_WORD_MS');
  const practice = await startPracticeModel({ port, ...(wordMs !== undefined && { wordMs: Number(wordMs) }) });
  return {
    kind: 'practice',
    name: 'practice assistant',
    baseUrl: practice.url,
    apiKey: ANY_KEY,
    model: PRACTICE_MODEL,
    speechModel: PRACTICE_MODEL,
    banner: 'AI: practice assistant. Set OPENAI_API_KEY, or start Ollama or LM Studio, to connect a real model.',
    stop: () => practice.stop(),
  };
}

function wantedModel(env: ModelOptions['env']): string | undefined {
  return setting(env, 'SIDEROOM_MODEL') ?? setting(env, 'OPENAI_MODEL');
}

/** An empty setting counts as absent. */
function setting(env: ModelOptions['env'], name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

function ownSettings(env: ModelOptions['env']): Record<string, string> {
  const names = Object.keys(env).filter((name) => name.startsWith('SIDEROOM_'));
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

function hostOf(url: string): string {
  return new URL(url).host;
}
