/** Where finished lines go. Writing never waits and never throws; what cannot be kept is counted and reported. */
export interface LogSink {
  /** One line without its newline. */
  write(line: string): void;
  /** Resolves when everything written so far is out or lost. */
  flush(): Promise<void>;
  /** Flushes and gives the destination back. */
  close(): Promise<void>;
}

/** Told about trouble of a sink, in words for the program log. */
export type SinkTrouble = (message: string) => void;
