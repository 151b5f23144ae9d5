/** Names of what a snippet may say of whom it goes to and who writes it, as `{{name}}` or `{{name|words instead}}`. */
export const FIELD_NAMES = [
  "contact.name",
  "contact.firstName",
  "contact.email",
  "contact.phone",
  "agent.name",
  "agent.firstName",
  "agent.email",
  "agent.meetingLink",
  "inbox.name",
  "conversation.number",
  "conversation.subject",
  "workspace.name",
] as const;
export type FieldName = typeof FIELD_NAMES[number];

/** What fields stand for; absent or empty: nothing is known. */
export type FieldValues = Partial<Readonly<Record<FieldName, string>>>;

/** A text whose fields were filled in. */
export interface Filled {
  readonly text: string;
  /** Places of `text` that still stand as they were written: nothing is known, and there are no words instead. */
  readonly missing: readonly MissingField[];
}

/** From `start` up to and without `end`, in UTF-16 units. */
export interface MissingField {
  readonly name: FieldName;
  readonly start: number;
  readonly end: number;
}

const PLACE = /\{\{([^{}\n]*)\}\}/g;

/**
 * Fills a text in. What is filled in is never read for more fields; a field that is not known stays as it is.
 * @param write how a value is written, such as escaped for HTML; default: as it is
 */
export function fillFields(
  template: string,
  values: FieldValues,
  write: (value: string) => string = (value) => value,
): Filled {
  const missing: MissingField[] = [];
  let text = "";
  let from = 0;
  for (const { 0: place, 1: inside = "", index } of template.matchAll(PLACE)) {
    text += template.slice(from, index);
    from = index + place.length;
    const { name, instead } = fieldOf(inside);
    if (!isFieldName(name)) {
      text += place;
      continue;
    }
    const value = values[name]?.trim() ?? "";
    if (value === "" && instead === null) {
      missing.push({ name, start: text.length, end: text.length + place.length });
      text += place;
    } else text += value === "" ? instead : write(value);
  }
  return { text: text + template.slice(from), missing };
}

/** A field that is none, and the line it stands in, from 1; null when all are known. */
export function unknownField(
  template: string,
): { readonly name: string; readonly line: number } | null {
  for (const { 1: inside = "", index } of template.matchAll(PLACE)) {
    const { name } = fieldOf(inside);
    if (isFieldName(name)) continue;
    return { name, line: template.slice(0, index).split("\n").length };
  }
  return null;
}

/** Words between braces: "{{contact.name|there}}" has words instead, which may be none at all. */
function fieldOf(inside: string): { readonly name: string; readonly instead: string | null } {
  const bar = inside.indexOf("|");
  return bar === -1
    ? { name: inside.trim(), instead: null }
    : { name: inside.slice(0, bar).trim(), instead: inside.slice(bar + 1).trim() };
}

function isFieldName(name: string): name is FieldName {
  const names: readonly string[] = FIELD_NAMES;
  return names.includes(name);
}
