/** A store that is damaged in one way, or in several. */
export interface DamagedStore {
  readonly what: string;
  /** The rows of the index of agent `main`; one for session `one` unless said otherwise. A text is the index itself. */
  readonly rows?: Readonly<Record<string, object>> | string;
  /** The files beside it, by name. */
  readonly files: Readonly<Record<string, string | Buffer>>;
}
