/** What Parley asks of a channel that writes letters (capability `email`) before one is sent. Pure, from its settings. */
export interface LettersPort<Config> {
  /** Addresses whose mail comes to this channel, in lower case: a reply to all leaves them out. */
  ownAddresses(config: Config): readonly string[];
}
