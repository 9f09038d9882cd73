/** Why something is not said, or not answered, where somebody under 18 may read it. `distress`: somebody may need help. */
export type Concern = 'unsuitable' | 'distress';

/** From which score on a category counts, beside what the service itself flags: lower than its own limits, which are for adults. */
const LIMITS: Readonly<Record<string, number>> = {
  sexual: 0.2,
  'sexual/minors': 0.02,
  'self-harm': 0.3,
  'self-harm/intent': 0.2,
  'self-harm/instructions': 0.05,
  harassment: 0.7,
  'harassment/threatening': 0.4,
  hate: 0.4,
  'hate/threatening': 0.2,
  illicit: 0.4,
  'illicit/violent': 0.15,
  violence: 0.7,
  'violence/graphic': 0.4,
};

export interface Judgement {
  readonly flagged: boolean;
  readonly category_scores: Readonly<Record<string, number>>;
}

/** What the service's judgement means in a restricted chat; null: nothing. Instructions for self-harm are not somebody's distress. */
export function concernOf({ flagged, category_scores: scores }: Judgement): Concern | null {
  const over = Object.entries(scores).filter(([name, score]) => score >= (LIMITS[name] ?? 1));
  if (over.length === 0) return flagged ? 'unsuitable' : null;
  const isDistress = over.every(([name]) => name === 'self-harm' || name === 'self-harm/intent');
  return isDistress ? 'distress' : 'unsuitable';
}

/** What the AI says instead. As it might have said of its own: nothing in it tells why, or of whom. */
export const KIND_WORDS: Readonly<Record<Concern, string>> = {
  unsuitable: 'I would rather not go into that here. Ask me something else, and I am glad to help.',
  distress:
    'That sounds hard, and I am glad you said it. Please talk to somebody you trust, today if you can. If you may be in danger, call your local emergency number; a helpline near you is listed at https://findahelpline.com.',
};
