/** Where test mails are looked for. */
export interface Arrivals {
  /** Ids of those that came so far. @throws when nobody can look any more */
  look(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** What to do when nothing came. */
  readonly advice: string;
  /** Where a mail went that did not come, in words; null when nobody knows. */
  lookElsewhere(id: string): Promise<string | null>;
  close(): void;
}
