const FORM = /^([a-z]{1,20}_[A-Za-z0-9_-]{1,100})(?:#\d{1,4})?$/;

/** What goes along with a message and comes back with its echo: our id of it, and which of its pieces it is. */
export function writeMetadata(outboxId: string, piece: number): string {
  return piece === 0 ? outboxId : `${outboxId}#${piece}`;
}

/** Our id of the message; null when it is nothing of ours. */
export function readMetadata(metadata: string): string | null {
  return FORM.exec(metadata)?.[1] ?? null;
}
