import type { Io } from "../../../core/channel/mod.ts";

const SUBJECT = /(?:^|\s)Parley test ([a-z0-9]{20})\.([a-z2-7]{16})$/;
const ALPHABET = "abcdefghjkmnpqrstuvwxyz0123456789";
const LENGTH = 20;

/** A new name for a test mail. */
export function newTestId({ random }: Pick<Io, "random">): string {
  return Array.from(random.bytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

/** The subject a test mail is known again by: every way of mail carries it unchanged, or with a word before it. */
export async function testSubject(id: string, io: Pick<Io, "signTag">): Promise<string> {
  return `Parley test ${id}.${await io.signTag(signedText(id))}`;
}

/** The id in a subject of ours; null for all other mail, and for answers to a test. */
export async function readTestSubject(
  subject: string,
  io: Pick<Io, "verifyTag">,
): Promise<string | null> {
  const [, id, mac] = SUBJECT.exec(subject) ?? [];
  if (id === undefined || mac === undefined || /^\s*(?:re|aw|sv|fwd?|wg)\s*:/i.test(subject)) {
    return null;
  }
  return await io.verifyTag(signedText(id), mac) ? id : null;
}

function signedText(id: string): string {
  return `test ${id}`;
}
