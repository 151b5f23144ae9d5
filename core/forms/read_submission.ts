/** What a posted form says: the fields people see, and the names that mean something of their own. Pure. */
import { MAX_FILLED_FIELDS } from "../channel/mod.ts";
import type { FilledField, FormField, FormFields } from "../model/form.ts";
import { isPhone } from "./guess_contact.ts";
import { isMailAddress } from "./is_mail_address.ts";
import type { FieldProblem, PostedEntry, PostedFile } from "./types.ts";

/** Of one field, in characters. */
const MAX_VALUE = 64_000;
const MAX_NAME = 200;
/** Values that are looked at, of whatever names. */
const MAX_ENTRIES = 1_000;
/** Of all fields together: what one message may say. */
const MAX_TEXT = 400_000;

/** What a posted form says beside its fields, by names that begin with "_". */
export interface SpecialFields {
  readonly token: string | null;
  readonly proof: string | null;
  readonly next: string | null;
  readonly subject: string | null;
  readonly submissionId: string | null;
  /** It was posted from a page of Parley's own, which shows every field there is. */
  readonly isShown: boolean;
  /** Address of the page. */
  readonly page: string | null;
  /** What the script calls a form that it captured; null for one that was posted here. */
  readonly captured: string | null;
  /** What stood in the field that people do not see. */
  readonly honeypot: string;
  readonly captcha: string | null;
}

/** A posted form, told apart. */
export interface ReadForm {
  readonly special: SpecialFields;
  /** The rest, in their order, without what is too much. */
  readonly entries: readonly PostedEntry[];
}

/** A message's record names as many, with names and types of any length: of a form nothing else keeps the rest. */
const MAX_FILES = 50;

/** Names of other services' conventions that are no field of a person. */
const DROPPED = new Set(["form-name", "bot-field", "g-recaptcha-response", "h-captcha-response"]);

/** Tells fields from what means something of its own. @param tokenField of the captcha, if there is one */
export function splitSpecial(
  posted: readonly PostedEntry[],
  { honeypot, tokenField }: { readonly honeypot: string; readonly tokenField: string | null },
): ReadForm {
  const first = (name: string) => posted.find((entry) => entry.name === name)?.value.trim() || null;
  const trap = posted.filter(({ name }) => name === honeypot || name === "bot-field")
    .map(({ value }) => value.trim()).join("");
  const isSpecial = ({ name }: PostedEntry) =>
    name === honeypot || name === tokenField || DROPPED.has(name) ||
    name === "cf-turnstile-response" || (name.startsWith("_") && name !== "_replyto");
  return {
    special: {
      token: first("_token"),
      proof: first("_proof"),
      next: first("_next"),
      subject: first("_subject"),
      submissionId: first("_submission_id"),
      isShown: first("_shown") !== null,
      page: first("_page"),
      captured: first("_captured"),
      honeypot: trap,
      captcha: tokenField === null ? null : first(tokenField),
    },
    entries: posted.filter((entry) => !isSpecial(entry) && entry.name.trim() !== ""),
  };
}

/**
 * Whether a form was made for this channel, so that what its settings ask for can be asked of it: a page of Parley's own,
 * or one that has no other fields. Any other form of a site may have no way to fill in what is missing.
 */
export function isMadeFor(fields: FormFields, { special, entries }: ReadForm): boolean {
  if (special.captured !== null) return false;
  if (special.isShown) return true;
  const known = new Set(fields.map(({ name }) => name));
  return entries.length > 0 && entries.every(({ name }) => known.has(name));
}

/** The fields in the form's order, then all others in theirs; several values of one name in one row. */
export function filledFields(
  fields: FormFields,
  entries: readonly PostedEntry[],
  files: readonly PostedFile[],
): readonly FilledField[] {
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  const rows = new Map<string, { label: string; values: string[] }>();
  const add = (name: string, label: string | undefined, value: string) => {
    const row = rows.get(name) ?? { label: labels.get(name) ?? label ?? "", values: [] };
    if (value.trim() !== "") row.values.push(value.replace(/\r\n?/g, "\n").trim());
    rows.set(name, row);
  };
  for (const { name } of fields) {
    for (const entry of entries) if (entry.name === name) add(name, undefined, entry.value);
    for (const file of files) if (file.name === name) add(name, undefined, file.fileName);
  }
  for (const entry of entries) {
    if (!labels.has(entry.name)) add(entry.name, entry.label, entry.value);
  }
  for (const file of files) if (!labels.has(file.name)) add(file.name, undefined, file.fileName);
  return [...rows].slice(0, MAX_FILLED_FIELDS).map(([name, { label, values }]) => ({
    name: name.slice(0, MAX_NAME),
    label: label.trim() || inWords(name),
    value: values.join(values.some((value) => value.includes("\n")) ? "\n" : ", "),
  }));
}

/** What is wrong with what was filled in; empty when nothing is. */
export function fieldProblems(
  fields: FormFields,
  form: ReadForm,
  files: readonly PostedFile[],
): readonly FieldProblem[] {
  const { entries } = form;
  if (entries.length > MAX_ENTRIES) {
    return [{ name: null, code: "too_many_fields", max: MAX_FILLED_FIELDS }];
  }
  const isOurs = isMadeFor(fields, form);
  const wrong: FieldProblem[] = files.length > MAX_FILES
    ? [{ name: null, code: "too_many_files", max: MAX_FILES }]
    : [];
  for (const field of fields) {
    const values = entries.filter(({ name }) => name === field.name).map(({ value }) => value);
    const hasFile = files.some(({ name }) => name === field.name);
    const isThere = values.length > 0 || isOurs;
    const given = values.filter((value) => value.trim() !== "");
    if (field.required && isThere && given.length === 0 && !hasFile) {
      wrong.push({ name: field.name, code: "required" });
    } else {
      const code = form.special.captured === null ? problemOf(field, given) : null;
      if (code !== null) wrong.push({ name: field.name, code });
    }
  }
  const long = entries.filter(({ value }) => value.length > MAX_VALUE);
  wrong.push(...long.map(({ name }) => ({ name, code: "too_long", max: MAX_VALUE } as const)));
  const names = new Set(entries.map(({ name }) => name)).size;
  if (names > MAX_FILLED_FIELDS) {
    wrong.push({ name: null, code: "too_many_fields", max: MAX_FILLED_FIELDS });
  }
  const length = entries.reduce((sum, { value }) => sum + value.length, 0);
  if (length > MAX_TEXT && long.length === 0) {
    wrong.push({ name: null, code: "too_long", max: MAX_TEXT });
  }
  const isEmpty = files.length === 0 && entries.every(({ value }) => value.trim() === "");
  if (isEmpty && wrong.length === 0) wrong.push({ name: null, code: "empty" });
  return wrong;
}

function problemOf(
  { type, options = [] }: FormField,
  given: readonly string[],
): FieldProblem["code"] | null {
  switch (type) {
    case "email":
      return given.every((value) => isMailAddress(value.trim())) ? null : "not_an_email";
    case "phone":
      return given.every((value) => isPhone(value.trim())) ? null : "not_a_phone";
    case "select":
      return given.every((value) => options.includes(value.trim())) ? null : "not_a_choice";
    case "checkbox":
      return options.length === 0 || given.every((value) => options.includes(value.trim()))
        ? null
        : "not_a_choice";
    case "text":
    case "textarea":
    case "file":
    case "consent":
    case "hidden":
      return null;
  }
}

/** "your-name" and "orderNumber[]" as "Your name" and "Order number". */
function inWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[[\]._-]+/g, " ")
    .replace(/\s+/g, " ").trim().toLowerCase();
  return words === "" ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
