import type OpenAI from 'openai';
import { openClient } from '../_shared/openai-client.ts';
import { safetyHeaders } from '../_shared/safety-identifier.ts';
import { type Concern, concernOf } from './concern.ts';
import type { ModelSettings } from './model.ts';
import { ModelError, UNREACHABLE } from './model-failure.ts';

/** A service that tells what is not for people under 18. Throws ModelError `unreachable` when it does not answer: nothing passes unseen. */
export interface Moderator {
  /** For each of the texts. `personId`: on whose behalf. */
  checkTexts(texts: readonly string[], personId: string): Promise<readonly (Concern | null)[]>;
  /** For a picture as data URL. */
  checkPicture(dataUrl: string, personId: string): Promise<Concern | null>;
}

/** Longer than the rest of a second only when the service is in trouble. */
const TIMEOUT_MS = 10_000;
/** Texts of one request; more go in further ones. */
const BATCH = 32;

/** Behind any service that has OpenAI's /moderations. `model` absent: the service's own choice. */
export function connectModerator(
  { model, apiKey, baseUrl }: ModelSettings,
  fetch?: typeof globalThis.fetch,
): Moderator {
  const client = openClient({ apiKey, baseUrl }, { timeout: TIMEOUT_MS, maxRetries: 1, fetch });

  async function judge(input: OpenAI.ModerationCreateParams['input'], count: number, personId: string) {
    try {
      const headers = await safetyHeaders(personId);
      const { results } = await client.moderations.create(
        { ...(model === undefined ? {} : { model }), input },
        { headers },
      );
      if (results.length !== count) throw new ModelError(UNREACHABLE);
      return results.map((result) => concernOf({ ...result, category_scores: { ...result.category_scores } }));
    } catch (thrown) {
      throw thrown instanceof ModelError ? thrown : new ModelError(UNREACHABLE, thrown);
    }
  }

  return {
    async checkTexts(texts, personId) {
      // An empty text is refused there, and harmless here.
      const worth = texts.filter((text) => text.trim() !== '');
      const batches: string[][] = [];
      for (let start = 0; start < worth.length; start += BATCH) batches.push(worth.slice(start, start + BATCH));
      const judged = (await Promise.all(batches.map((batch) => judge(batch, batch.length, personId)))).flat();
      let next = 0;
      return texts.map((text) => (text.trim() === '' ? null : (judged[next++] ?? null)));
    },
    async checkPicture(dataUrl, personId) {
      const [concern] = await judge([{ type: 'image_url', image_url: { url: dataUrl } }], 1, personId);
      return concern ?? null;
    },
  };
}
