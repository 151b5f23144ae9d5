import {
  decodeTransfer,
  fieldValue,
  type HeaderField,
  type MimePart,
  readHeader,
} from "../mime/mod.ts";
import { messageIdsIn } from "../message_ids.ts";

const MAX_BYTES = 256 * 1024;
const MAX_GROUPS = 60;
const ORIGINALS = new Set([
  "message/rfc822",
  "message/global",
  "text/rfc822-headers",
  "message/global-headers",
  "message/rfc822-headers",
]);

/** The first part of one of these types, outermost first; null when there is none. */
export function findPart(root: MimePart, types: ReadonlySet<string>): MimePart | null {
  if (types.has(root.type)) return root;
  for (const part of root.parts) {
    const found = findPart(part, types);
    if (found !== null) return found;
  }
  return null;
}

/** The groups of header-like fields a machine-readable part is made of, blank lines between them. */
export function fieldGroups(part: MimePart): readonly (readonly HeaderField[])[] {
  const bytes = decodeTransfer(part.body.subarray(0, MAX_BYTES), part.encoding);
  const groups: (readonly HeaderField[])[] = [];
  let at = 0;
  while (at < bytes.length && groups.length < MAX_GROUPS) {
    const { fields, bodyStart } = readHeader(bytes, at, MAX_BYTES, () => false);
    if (fields.length > 0) groups.push(fields);
    // A line that is no field stands where a group should begin: there is nothing more to read.
    if (bodyStart <= at) break;
    at = bodyStart;
  }
  return groups;
}

/** Message-ID of the mail a report is about, from the copy of it or of its header; null when there is none. */
export function originalMessageId(root: MimePart): string | null {
  const original = findPart(root, ORIGINALS);
  if (original === null || original === root) return null;
  const bytes = decodeTransfer(original.body.subarray(0, MAX_BYTES), original.encoding);
  const { fields } = readHeader(bytes, 0, MAX_BYTES, () => false);
  return messageIdsIn(fieldValue(fields, "message-id") ?? "")[0] ?? null;
}
