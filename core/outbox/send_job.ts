/** Kind of the job that sends one message: payload `{conversationId, seq, messageId}`; the message may have moved since. */
export const SEND_JOB = "outbox.send";
/** A message that waits for an earlier one looks again after this; the earlier one wakes it sooner. */
export const BLOCKED_WAIT_MS = 60_000;
