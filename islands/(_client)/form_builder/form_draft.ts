import * as z from "zod/mini";
import { type FormField, FormFieldType, MAX_FORM_FIELDS } from "@/core/model/form.ts";

const text = z._default(z.string().check(z.maxLength(20_000)), "");

/** A field as it is being written: everything may still be empty or wrong. Texts are "" where there is none. */
const DraftField = z.object({
  /** Stays while the field is renamed and moved. */
  key: z.string().check(z.maxLength(40)),
  type: FormFieldType,
  name: text,
  label: text,
  required: z._default(z.boolean(), false),
  help: text,
  placeholder: text,
  options: z._default(z.array(z.string()).check(z.maxLength(500)), []),
  value: text,
  url: text,
  width: z._default(z.enum(["full", "half"]), "full"),
});
/** Its `options` are the lines as they are typed, empty ones too. */
export type DraftField = Readonly<z.infer<typeof DraftField>>;

/** What the builder works on. */
const FormDraft = z.object({
  fields: z.array(DraftField).check(z.maxLength(2 * MAX_FORM_FIELDS)),
  title: text,
  intro: text,
  submitLabel: text,
  accentColor: text,
  /** Key of the field whose settings are open; null: those of the form. */
  selected: z.nullable(z.string()),
  /** What was taken out last, and from where: can be put back. */
  removed: z.nullable(z.object({ field: DraftField, at: z.int() })),
});
export type FormDraft = Readonly<Omit<z.infer<typeof FormDraft>, "fields">> & {
  readonly fields: readonly DraftField[];
};

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
