/**
 * What a message's record may hold. A value of the database has 64 KiB, and most fields are as long as a sender makes
 * them: each gets its share here, so that no message is too large to be stored. The raw delivery keeps all of it.
 */
import { safeFileName } from "../attachments/mod.ts";
import { clip } from "../clip.ts";
import type { FilledField } from "../model/form.ts";
import type { EmailFields, MailAddress, TraceStep } from "../model/message.ts";
import { storedBytes } from "../store/mod.ts";

/** Bytes of a whole record. The rest of the value's 64 KiB is for what a commit may keep beside it. */
export const RECORD_BYTES = 56 * 1024;
/** Ids, times, and the first words of a body that lies elsewhere. */
export const BASE_BYTES = 4 * 1024;
/** Steps that say why a message is where it is. */
export const TRACE_BYTES = 4 * 1024;
/** Mail headers. */
export const EMAIL_BYTES = 12 * 1024;
/** References to files. */
export const FILES_BYTES = 32 * 1024;

/** A filled-in form. */
export const FIELDS_BYTES = 8 * 1024;

const MAX_NAME = 200;
const MAX_ADDRESS = 320;
const MAX_SUBJECT = 500;
const MAX_ID = 998;
/** Sender, subject and ids at their longest. */
const HEAD_BYTES = 7 * 1024;
/** A meeting with more than this is left out where recipients need the room. */
const INVITE_BYTES = 3 * 1024;
const SHORT_FILE_NAME = 60;
const MAX_CONTENT_ID = 250;
const MAX_STEP = 60;
const MAX_DETAIL = 300;

/** The mail fields that fit, those that answers need first; `isCut` when something was left out. */
export function fitEmail(
  email: EmailFields,
): { readonly email: EmailFields; readonly isCut: boolean } {
  if (storedBytes(email) <= EMAIL_BYTES) return { email, isCut: false };
  const { invite } = email;
  const inviteBytes = invite === undefined ? 0 : storedBytes(invite);
  const keepsInvite = invite !== undefined && inviteBytes <= INVITE_BYTES;
  let room = EMAIL_BYTES - HEAD_BYTES - (keepsInvite ? inviteBytes : 0);
  const take = <T>(list: readonly T[]): readonly T[] => {
    const end = list.findIndex((one) => (room -= storedBytes(one)) < 0);
    if (end < 0) return list;
    room = 0;
    return list.slice(0, end);
  };
  const { from } = email;
  const fitted: EmailFields = {
    from: from === null || from.address.length > MAX_ADDRESS ? null : shorter(from),
    replyTo: take(email.replyTo.map(shorter)),
    // The latest are what a reply needs.
    references: take(email.references.toReversed()).toReversed(),
    to: take(email.to.map(shorter)),
    cc: take(email.cc.map(shorter)),
    bcc: take(email.bcc.map(shorter)),
    subject: clip(email.subject, MAX_SUBJECT),
    messageId: clip(email.messageId, MAX_ID),
    inReplyTo: email.inReplyTo === null ? null : clip(email.inReplyTo, MAX_ID),
    senderVerified: email.senderVerified,
    ...email.protection === undefined ? {} : { protection: email.protection },
    ...keepsInvite ? { invite } : {},
  };
  return { email: fitted, isCut: true };
}

function shorter({ name, address }: MailAddress): MailAddress {
  return { name: clip(name, MAX_NAME), address };
}

/** What a long value of a form is cut to while all of them do not fit, in characters. */
const VALUE_LENGTHS = [2_000, 500, 120, 40] as const;
const MAX_LABEL = 100;

/** The fields of a filled-in form that fit: long values are cut, and the last ones left out when there are too many. */
export function fitFields(fields: readonly FilledField[]): readonly FilledField[] {
  let fitted = fields;
  for (const max of VALUE_LENGTHS) {
    if (storedBytes(fitted) <= FIELDS_BYTES) return fitted;
    fitted = fields.map(({ name, label, value }) => ({
      name: clip(name, MAX_LABEL),
      label: withDots(label, MAX_LABEL),
      value: withDots(value, max),
    }));
  }
  let count = fitted.length;
  while (storedBytes(fitted.slice(0, count)) > FIELDS_BYTES) count--;
  return fitted.slice(0, count);
}

function withDots(text: string, max: number): string {
  return text.length <= max ? text : `${clip(text, max - 1)}…`;
}

/** Files whose references fit: with shorter names when there are many, and not all of them when there are too many. */
export function fitFiles<
  T extends {
    readonly name: string;
    readonly type: string;
    readonly contentId?: string | undefined;
    readonly ref?: string | undefined;
  },
>(files: readonly T[]): readonly T[] {
  const usable = files.map((file): T => {
    const { contentId: _, ...rest } = file;
    // Without the field the rest is still a T: it is optional there.
    return (file.contentId?.length ?? 0) > MAX_CONTENT_ID ? rest as T : file;
  });
  if (bytesOf(usable) <= FILES_BYTES) return usable;
  const short = usable.map((file) =>
    file.name === "" ? file : { ...file, name: safeFileName(file.name, SHORT_FILE_NAME) }
  );
  let count = short.length;
  while (bytesOf(short.slice(0, count)) > FILES_BYTES) count--;
  return short.slice(0, count);
}

/** Bytes of the references to files in a message's record. */
export function bytesOf(
  files: readonly {
    readonly name: string;
    readonly type: string;
    readonly contentId?: string | undefined;
    readonly ref?: string | undefined;
  }[],
): number {
  return storedBytes(files.map(({ name, type, contentId, ref }) => ({
    id: "att_".padEnd(40),
    name,
    type,
    size: 2 ** 40,
    ...contentId === undefined ? {} : { contentId },
    ...ref === undefined ? {} : {
      ...NOT_HERE,
      name: name === "" ? UNNAMED : name,
      type: type.padEnd(TYPE_LENGTH),
    },
  })));
}

/** Once it is here it may have the name and the type its provider gives it (core/media). */
const UNNAMED = "".padEnd(120);
const TYPE_LENGTH = 75;
/** What a reference to a file says as long as that is not here, at its longest. */
const NOT_HERE = { state: "loading", problem: "unauthorized", width: 99_999, height: 99_999 };

/** The steps that fit, the first ones first. */
export function fitTrace(steps: readonly TraceStep[]): readonly TraceStep[] {
  let room = TRACE_BYTES;
  const short = steps.map(({ step, detail }) => ({
    step: clip(step, MAX_STEP),
    detail: clip(detail, MAX_DETAIL),
  }));
  const end = short.findIndex((one) => (room -= storedBytes(one)) < 0);
  return end < 0 ? short : short.slice(0, end);
}
