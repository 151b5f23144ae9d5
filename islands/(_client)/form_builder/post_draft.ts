/** The builder as a plain form: every button posts the whole draft and what is typed in the open settings. */
import { type Edit, editDraft } from "./edit_draft.ts";
import type { DraftField, FormDraft } from "@/core/model/form_draft.ts";
import { parseDraft } from "./form_draft.ts";

/** What a button of the builder says that is to be done, beside "save" and "overwrite". */
export type Step = Exclude<Edit, { readonly do: "field" | "form" }>;

/** As the value of the button. */
export function stepValue(step: Step): string {
  switch (step.do) {
    case "add":
      return `add:${step.kind}`;
    case "move":
      return `move:${step.key}:${step.to}`;
    case "restore":
      return "restore";
    case "duplicate":
    case "remove":
      return `${step.do}:${step.key}`;
    case "select":
      return `select:${step.key ?? ""}`;
  }
}

/** @returns null for what no button of the builder says */
export function parseStep(value: string): Step | null {
  const [what, key = "", to] = value.split(":");
  switch (what) {
    case "add":
      return { do: "add", kind: key };
    case "move":
      return { do: "move", key, to: Number(to) || 0 };
    case "duplicate":
    case "remove":
      return { do: what, key };
    case "restore":
      return { do: "restore" };
    case "select":
      return { do: "select", key: key || null };
    default:
      return null;
  }
}

/**
 * The draft as a page posted it: what it carries along, with what was typed into the open settings.
 * @param kept names that are stored
 * @returns null when the page carries none
 */
export function readPosted(form: FormData, kept: readonly string[]): FormDraft | null {
  const draft = parseDraft(textOf(form, "draft"));
  if (draft === null) return null;
  const selected = draft.fields.find(({ key }) => key === draft.selected);
  if (selected !== undefined) {
    return editDraft(draft, { do: "field", key: selected.key, set: typedField(form) }, kept);
  }
  const set = Object.fromEntries(
    FORM_TEXTS.filter((name) => form.has(`form.${name}`))
      .map((name) => [name, textOf(form, `form.${name}`)]),
  );
  return editDraft(draft, { do: "form", set }, kept);
}

/** Texts of the form as a whole that can be typed. */
export const FORM_TEXTS = ["title", "intro", "submitLabel", "accentColor"] as const;
const FIELD_TEXTS = ["label", "name", "help", "placeholder", "value", "url"] as const;

function typedField(form: FormData): Partial<DraftField> {
  // A settings panel without a label is no panel: nothing was typed.
  if (!form.has("field.label")) return {};
  const texts = Object.fromEntries(
    FIELD_TEXTS.filter((name) => form.has(`field.${name}`))
      .map((name) => [name, textOf(form, `field.${name}`)]),
  );
  const width = textOf(form, "field.width");
  return {
    ...texts,
    required: form.has("field.required"),
    ...form.has("field.options") ? { options: textOf(form, "field.options").split("\n") } : {},
    ...width === "half" || width === "full" ? { width } : {},
  };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  // Browsers send line breaks as CR LF.
  return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
}
