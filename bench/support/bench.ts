/** One measurement: a title for the results and the lines of its section, in Markdown. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What measurements share: one backend and one build of the extension for it, made for this run. */
export interface BenchContext {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** Connection string of the database's superuser. */
  readonly adminUrl: string;
  /** Base URL, key and id of the model that the functions use. */
  readonly model: { readonly baseUrl: string; readonly apiKey: string; readonly model: string };
  readonly extensionDir: string;
  /** A website on loopback under another host name. */
  readonly website: string;
  /** Says how far it is, on stderr. */
  progress(line: string): void;
}

export type Bench = (context: BenchContext) => Promise<Section>;
