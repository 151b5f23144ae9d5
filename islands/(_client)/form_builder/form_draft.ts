import type { FormField, FormFieldType } from "@/core/model/form.ts";
import { DraftField, FormDraft } from "@/core/model/form_draft.ts";

/** The part of a channel's settings that the builder edits. */
export interface FormContent {
  readonly fields: readonly FormField[];
  readonly title: string;
  readonly intro: string;
  readonly submitLabel: string;
  readonly accentColor: string;
}

/** @param selected name of the field to open; any other opens none */
export function draftOf(content: FormContent, selected: string | null = null): FormDraft {
  const { title, intro, submitLabel, accentColor } = content;
  const fields = content.fields.map((field, at) => ({
    ...DraftField.parse({ ...field, options: [...field.options ?? []], key: `f${at}` }),
  }));
  return {
    fields,
    title,
    intro,
    submitLabel,
    accentColor,
    selected: fields.find(({ name }) => name === selected)?.key ?? null,
    removed: null,
  };
}

/** Reads what a page of the builder carries along. @returns null for what no such page wrote */
export function parseDraft(json: string): FormDraft | null {
  try {
    const read = FormDraft.safeParse(JSON.parse(json));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** What is stored: only what a field of its type has. */
export function contentOf({ fields, title, intro, submitLabel, accentColor }: FormDraft) {
  return { fields: fields.map(fieldOf), title, intro, submitLabel, accentColor };
}

/** The field as it is stored and shown. */
export function fieldOf(field: DraftField): FormField {
  const { type, name, label, required, help, placeholder, options, value, url, width } = field;
  const choices = choicesOf(options);
  const has = (what: Setting) => SETTINGS[type].includes(what);
  return {
    name,
    type,
    label,
    required: required && type !== "hidden",
    ...help !== "" && has("help") ? { help } : {},
    ...placeholder !== "" && has("placeholder") ? { placeholder } : {},
    ...choices.length > 0 && has("options") ? { options: choices } : {},
    ...value !== "" && has("value") ? { value } : {},
    ...url !== "" && has("url") ? { url } : {},
    ...width === "half" && has("width") ? { width } : {},
  };
}

/** The choices of what is typed line by line. */
export function choicesOf(options: readonly string[]): string[] {
  return options.map((line) => line.trim()).filter(Boolean);
}

/** What can be set about a field beside its label and name. */
export type Setting = "help" | "placeholder" | "options" | "value" | "url" | "width";

export const SETTINGS: Readonly<Record<FormFieldType, readonly Setting[]>> = {
  text: ["help", "placeholder", "width"],
  textarea: ["help", "placeholder"],
  email: ["help", "placeholder", "width"],
  phone: ["help", "placeholder", "width"],
  select: ["help", "options"],
  checkbox: ["help", "options"],
  file: ["help"],
  consent: ["help", "url"],
  hidden: ["value"],
};
