import * as v from 'valibot';

const Line = v.object({ id: v.optional(v.string()), from: v.nullable(v.string()), text: v.string() });

/** Stands behind the newest message when nobody has answered it for a while. */
const WAIT = /\n\{"unanswered_seconds":\d+\}$/;

/**
 * By rules: open questions are answered, and any that nobody answers; thanks and good news get an emoji, everything else is left to
 * people.
 */
export function considerTurn(talk: string): string {
  const lines = talk.split('\n').flatMap((text) => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Line), text);
    return parsed.success ? [parsed.output] : [];
  });
  const last = lines.at(-1);
  const message = last?.id ?? null;
  const text = last?.text ?? '';
  if (
    /^(does any(one|body)|can any(one|body)|who knows|any(one|body) know|what (is|are|does)|how (do|does|many|much)|when (is|was)|where (is|was))\b.*\?\s*$/i.test(
      text,
    )
  )
    return decide({ action: 'reply', confidence: 0.9, reason: 'an open question', message, emoji: null });
  if (WAIT.test(talk) && /\?\s*$/.test(text))
    return decide({ action: 'reply', confidence: 0.9, reason: 'nobody has answered', message, emoji: null });
  if (/\b(thanks|thank you|hooray|we did it|congratulations|happy birthday)\b|🎉/i.test(text))
    return decide({ action: 'react', confidence: 0.9, reason: 'good news', message, emoji: '🎉' });
  return decide({ action: 'silent', confidence: 0.9, reason: 'people talk to each other', message, emoji: null });
}

function decide(decision: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(decision);
}
