/** Handles by which the AI is addressed. */
export const AI_HANDLES = ['ai', 'sideroom'] as const;

/** Handles by which everyone in the chat is addressed. */
export const ALL_HANDLES = ['all', 'everyone'] as const;

/** The AI's display name. */
export const AI_NAME = 'Sideroom';

const AI_MENTION = /(^|[^a-z0-9_.@])@(ai|sideroom)(?![a-z0-9_]|\.[a-z0-9_])/i;

/**
 * Whether the text addresses the AI. The database decides by the same rule (`private.mentions_ai`) and is the one that counts;
 * this one only tells the composer what will happen.
 */
export function mentionsAi(text: string): boolean {
  return AI_MENTION.test(text);
}
