import { type CheckCase, oneOf } from './check-case.ts';

const atLeast = (column: string, low: number): CheckCase => ({
  refused: [`${column} = ${low - 1}`],
  allowed: [`${column} = ${low}`],
});
/** A table with one row of settings. */
const SINGLE = (column: string): CheckCase => ({ refused: [`${column} = false`], allowed: [`${column} = true`] });
const MODELS = oneOf('model', ['small', 'standard', 'large']);
const OPEN_ROUTE = 'plan = null, difficulty = null, min_tokens = null, has_images = null, has_files = null';

export const AI_CHECKS: Readonly<Record<string, CheckCase>> = {
  ai_service_one_row: SINGLE('is_only'),
  spending_one_row: SINGLE('is_only'),
  spending_currency_code: {
    refused: [`currency = 'eur'`, `currency = 'EU'`, `currency = 'EURO'`],
    allowed: [`currency = 'EUR'`],
  },
  spending_daily_positive: atLeast('daily_micros', 0),
  spending_reserve_positive: atLeast('reserve_micros', 1),
  model_pins_model_known: MODELS,
  model_prices_cached_positive: atLeast('cached_micros', 0),
  model_prices_input_positive: atLeast('input_micros', 0),
  model_prices_minute_positive: atLeast('minute_micros', 0),
  model_prices_output_positive: atLeast('output_micros', 0),
  model_prices_picture_positive: atLeast('picture_micros', 0),
  model_prices_search_positive: atLeast('search_micros', 0),
  model_routes_difficulty_known: oneOf('difficulty', ['easy', 'normal', 'hard']),
  model_routes_effort_known: oneOf('effort', ['none', 'minimal', 'low', 'medium', 'high']),
  model_routes_last_takes_all: {
    refused: [`plan = 'free'`, `difficulty = 'easy'`, 'min_tokens = 1', 'has_images = true', 'has_files = false'].map(
      (condition) =>
        `place = 1000, ${OPEN_ROUTE.replace(/(\w+) = null/g, (all, name) => (condition.startsWith(name) ? condition : all))}`,
    ),
    allowed: [`place = 1000, ${OPEN_ROUTE}`, `place = 999, min_tokens = 1`],
    where: 'place < 1000',
  },
  model_routes_model_known: MODELS,
  model_routes_place_range: {
    refused: ['place = 0', `place = 1001, ${OPEN_ROUTE}`],
    allowed: ['place = 1', `place = 1000, ${OPEN_ROUTE}`],
    where: 'place = 1000',
  },
  model_routes_tokens_positive: { ...atLeast('min_tokens', 1), where: 'place < 1000' },
  model_use_purpose_known: oneOf('purpose', ['gate', 'answer', 'summary', 'speech']),
};
