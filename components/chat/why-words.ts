import type { Decision, Message, ModelRoute, Receipt } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { costWords, routeWords } from '../model-words.ts';
import { countWord, plural } from '../time-words.ts';

/** By the words of the database's own rules. */
const RULES: Readonly<Record<string, string>> = {
  asked_to_be_quiet: 'Somebody asked it to be quiet, so it does not join in by itself for half an hour.',
  asked_to_stop: 'It was asked to stop its answer, and a sign was enough.',
  addressed_to_people: 'This message is meant for somebody, so it was for them to answer.',
  spoke_lately: 'It had spoken a moment before, and leaves most of the talking to people.',
  not_automatic: 'Meanwhile it was told to speak only when it is asked.',
  talk_went_on: 'It was about to answer, but the talk had gone on.',
  answered_other: 'It answered another message instead.',
  thanked: 'It was thanked, and a sign was enough.',
  could_not_decide: 'It could not make up its mind, because its service did not answer.',
  spent_enough: 'Sideroom has answered as much as it may for today, so it said nothing.',
  spoke_enough: 'It wanted to say something, but has spoken unasked often enough within this hour.',
  reacted_enough: 'It wanted to react with an emoji, but has done so often enough within this hour.',
  'nobody is there': 'Whoever wrote this is not here any more.',
  'no answer in time': 'It did not make up its mind in time, and the talk went on.',
};

/** Why the AI said nothing after a message. */
export function silenceWords(decision: Decision | null, { target }: Pick<Message, 'target'>): string {
  if (target === 'people') return 'This message was for people only.';
  if (decision === null) return 'It was not asked, and has not considered saying anything.';
  const rule = RULES[decision.reason];
  if (rule !== undefined) return rule;
  if (decision.action === 'react') return `It only reacted with an emoji: ${decision.reason}.`;
  return `It thought: ${decision.reason}.${sureness(decision)}`;
}

/** Why the AI gave an answer. */
export function spokeWords(receipt: Receipt | null, people: ChatView['people'], meId: string): string {
  if (receipt === null) return 'Nothing more is known of this answer.';
  const { askerId, decision } = receipt;
  const name = askerId === meId ? 'You' : (people[askerId ?? '']?.displayName ?? 'Somebody');
  if (decision === null) return `${name} asked.`;
  return `Nobody asked it; it joined in because it thought: ${decision.reason}.${sureness(decision)}`;
}

/** What an answer was made of, as terms and their values. */
export function receiptRows(receipt: Receipt | null): readonly (readonly [string, string])[] {
  const made = receipt?.made;
  if (made === undefined || made === null) return [];
  const rows: (readonly [string, string])[] = [
    ['Model', made.model ?? 'unknown'],
    ...routeRows(made.route),
    ['Rules', made.rules],
    [
      'Read',
      [plural(made.messages, 'message'), ...(made.pages > 0 ? [plural(made.pages, 'page share')] : [])].join(', '),
    ],
  ];
  if (made.inputTokens !== null && made.outputTokens !== null)
    rows.push(['Tokens', `${countWord(made.inputTokens)} in, ${countWord(made.outputTokens)} out`]);
  if (made.gateInputTokens !== null && made.gateOutputTokens !== null)
    rows.push(['To decide', `${countWord(made.gateInputTokens)} in, ${countWord(made.gateOutputTokens)} out`]);
  rows.push(['Cost', costWords(made.costMicros, made.currency)]);
  if (made.firstMs !== null) rows.push(['First word after', seconds(made.firstMs)]);
  rows.push(['Took', seconds(made.totalMs)]);
  return rows;
}

function routeRows(route: ModelRoute | null): readonly (readonly [string, string])[] {
  if (route === null) return [];
  const chosen = ['Chosen', routeWords(route)] as const;
  return route.effort === null ? [chosen] : [chosen, ['Effort', route.effort]];
}

function sureness({ confidence, threshold }: Decision): string {
  if (confidence === null) return '';
  const needed = threshold === null ? '' : `, ${percent(threshold)} are needed to speak`;
  return ` It was ${percent(confidence)} sure${needed}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
