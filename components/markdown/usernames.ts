import { createContext } from 'preact';

/** Usernames that a mention in the texts below may mean. */
export const Usernames = createContext<ReadonlySet<string>>(new Set());
