/** Prefixes of answers and forwards in the languages mail programs write, with a count such as "Re[2]:" or "Re(2):". */
const PREFIX =
  /^(?:re|aw|antw|sv|vs|rif|odp|ynt|fwd?|wg|tr|rv|回复|回覆|答复|答覆|转发|轉發|轉寄)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*/iu;
/** Far more than a thread of answers to answers has. */
const MAX_PREFIXES = 50;

/** What replies may carry to be known by. */
const NUMBER = /\[#\d{1,9}\]/g;

/** A mail's subject without "Re:", "Aw:", "Fwd:" and their like and without our numbers, blanks made one. Pure. */
export function plainSubject(subject: string): string {
  let rest = subject.replace(NUMBER, " ").replace(/\s+/gu, " ").trim();
  for (let i = 0; i < MAX_PREFIXES; i++) {
    const shorter = rest.replace(PREFIX, "");
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest;
}

/** Whether two subjects are about the same: they differ in prefixes, blanks and case at most. Pure. */
export function isSameSubject(a: string, b: string): boolean {
  return plainSubject(a).toLowerCase() === plainSubject(b).toLowerCase();
}
