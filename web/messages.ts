/** The first word on a port to the hub: from whom, and what they bring. */
export interface Opening {
  readonly type: 'open';
  /** Name of a lock that this panel holds for as long as it lives. */
  readonly lock: string;
  /** Token of an invite that led here. */
  readonly invite: string | null;
}
