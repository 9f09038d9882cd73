/** Starting is not possible. The message is a sentence for the person at the terminal. */
export class StartError extends Error {}
