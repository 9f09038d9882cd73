import { createContext } from 'preact';

/** Which addresses may become links in the text below. People's may all. */
export const LinkRule = createContext<(url: URL) => boolean>(() => true);
