import type { Message } from "../model/message.ts";
import { plainSubject } from "../model/plain_subject.ts";

/** What a conversation that begins with these messages is about; the old subject where no mail says. Pure. */
export function splitSubject(messages: readonly Message[], before: string): string {
  const mail = messages.find(({ email }) => email !== undefined)?.email;
  return mail === undefined ? before : plainSubject(mail.subject) || before;
}
