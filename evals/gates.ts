import { connectGate } from '../supabase/functions/reply/gate-responses.ts';
import { chooseModel } from '../supabase/local/model.ts';
import { askGate } from './gate-step.ts';
import { loadRecordings, type Recording, record, replay, saveRecording } from './recorded.ts';
import type { GateRun } from './report.ts';
import type { RuleOutcome } from './rules-step.ts';

const PRACTICE_NOTE =
  'It is no model but a handful of rules that stand in where there is none (English question words, “thanks”, “hooray”). **Its figures say nothing about how a real model would decide**, and its confidence is always 0.9, so the thresholds below cannot be told apart; they show that the measuring works, and how little fixed words do.';

/**
 * The service that OPENAI_API_KEY or OPENAI_BASE_URL name; without one, every recording that is checked in; without any, the
 * practice model. `keep` writes a recording of the service.
 */
export async function runGates(
  rules: readonly RuleOutcome[],
  env: Readonly<Record<string, string | undefined>>,
  keep: boolean,
): Promise<GateRun[]> {
  const recordings = loadRecordings();
  const isGiven = [env['OPENAI_API_KEY'], env['OPENAI_BASE_URL']].some((value) => (value ?? '').trim() !== '');
  if (!isGiven && recordings.length > 0)
    return Promise.all(recordings.map((recording) => replayRecording(rules, recording)));

  const service = await chooseModel({ env: { ...env, SIDEROOM_MODEL_PROBE: 'off' } });
  try {
    const model = service.kind === 'practice' ? service.model : env['SIDEROOM_GATE_MODEL']?.trim() || service.model;
    const gate = connectGate({ model, apiKey: service.apiKey, baseUrl: service.baseUrl });
    const recording: Recording = { model, answers: {} };
    const answers = await askGate(rules, record(gate, recording));
    if (service.kind === 'practice') return [{ name: 'the practice model', note: PRACTICE_NOTE, answers }];
    if (keep) saveRecording(recording);
    const late = [...answers.values()].filter((answer) => answer === null).length;
    return [{ name: model, note: `${late} times it gave no usable answer in time, which counts as silence.`, answers }];
  } finally {
    await service.stop();
  }
}

async function replayRecording(rules: readonly RuleOutcome[], recording: Recording): Promise<GateRun> {
  const answers = await askGate(rules, replay(recording));
  const without = [...answers.values()].filter((answer) => answer === null).length;
  const note = `These are answers that it gave once, played back. At ${without} moments there is none, because it gave none or because rules or talk have changed since; that counts as silence.`;
  return { name: `${recording.model} (recorded)`, note, answers };
}
