import type { PolicyCase } from './policy-case.ts';
import type { World } from './world.ts';

/** A table of which nobody sees a row; without a row that `prepare` makes there would be none to see. */
function closed(table: string, prepare?: (world: World) => string): PolicyCase {
  const probes = [{ who: 'creator', outcome: 0, statement: () => `select 1 from ${table}` }] as const;
  return prepare === undefined ? { table, probes } : { table, prepare, probes };
}

/** What the panel shows in another form, and the choice and costs of models, which are for those who run the server alone. */
export const CLOSED_POLICIES: Readonly<Record<string, PolicyCase>> = {
  'nobody reads reactions': closed('private.reactions'),
  'nobody reads presence': closed('private.presence'),
  'nobody reads who shows pages': closed('private.page_presence_choices'),
  'nobody reads who is on a page': closed('private.page_presence'),
  'nobody reads routes': closed('private.model_routes'),
  'nobody reads of the service': closed('private.ai_service', () => 'insert into private.ai_service default values'),
  'nobody reads pins': closed(
    'private.model_pins',
    (w) => `insert into private.model_pins values ('${w.chat}', '${w.creator.id}', 'large')`,
  ),
  'nobody reads call limits': closed('private.call_limits'),
  'nobody reads calls': closed('private.calls', () => `insert into private.calls values ('copy person:x', now())`),
  'nobody reads prices': closed(
    'private.model_prices',
    () => `insert into private.model_prices (model, input_micros, output_micros) values ('m', 1, 1)`,
  ),
  'nobody reads how money is counted': closed('private.spending'),
  'nobody reads calls of models': closed(
    'private.model_use',
    (w) =>
      `insert into private.model_use (id, job_id, purpose, model) values (gen_random_uuid(), '${w.job}', 'gate', 'm')`,
  ),
  'nobody reads what was spent': closed(
    'private.daily_spend',
    () => 'insert into private.daily_spend values (current_date, 1)',
  ),
  'nobody reads what is set aside': closed(
    'private.set_asides',
    () => 'insert into private.set_asides values (gen_random_uuid(), current_date, 1)',
  ),
  'nobody reads stops in words': closed(
    'private.spoken_stops',
    (w) => `insert into private.spoken_stops values ('${w.message}', gen_random_uuid())`,
  ),
  'nobody reads what pictures were made': closed(
    'private.picture_use',
    (w) => `insert into private.picture_use values ('${w.creator.id}', now(), 1)`,
  ),
};
