/** A form as the builder holds it while it is changed. Never stored. Safe to import in the browser. */
import * as z from "zod/mini";
import { FormFieldType, MAX_FORM_FIELDS } from "./form.ts";

const text = z._default(z.string().check(z.maxLength(20_000)), "");

/** A field as it is being written: everything may still be empty or wrong. Texts are "" where there is none. */
export const DraftField = z.object({
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
export const FormDraft = z.object({
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
