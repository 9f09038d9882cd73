/** The machine lacks something. The message is a sentence that says what to do about it. */
export class SetUpError extends Error {}
