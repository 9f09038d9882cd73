/** What the server bears with, close to what hosted projects publish. Sizes in bytes, times in milliseconds. */
export const limits = {
  /** One websocket frame or REST body; a larger one ends the connection or is refused. */
  frameBytes: 5_000_000,
  /** One broadcast's payload, from whomever it comes. */
  payloadBytes: 3_000_000,
  /** Topic (with its `realtime:` prefix), event and meta: their lengths are single bytes on the wire. */
  nameBytes: 255,
  channelsPerConnection: 100,
  joinsPerSecond: 200,
  /** Frames of one connection that are handled; more wait, as on a slow line. */
  frames: { burst: 600, perSecond: 40 },
  /** How many frames a join counts for besides that the policies refuse: they cost the database, and no client of ours asks for what it may not have. */
  forbiddenJoin: 60,
  presenceKeyBytes: 255,
  replayedMessages: 25,
  /** Frames of one connection that wait for their turn before its socket is paused. */
  waitingFrames: 64,
  /** A receiver that lets this much pile up is cut off: it comes back and catches up from the tables. */
  unsentBytes: 16_000_000,
  /** Clients beat every 25 s; a connection silent for longer than this is gone. */
  silence: 60_000,
  /** How long a check against the database may take. */
  query: 5_000,
  replicationReady: 30_000,
  /** How long closing sockets get to say goodbye. */
  farewell: 500,
} as const;
