/** Forms as they are set up: what visitors fill in, and what guards it. Safe to import in the browser. */
import * as z from "zod/mini";

/** Fields one form may have. */
export const MAX_FORM_FIELDS = 100;

export const FormFieldType = z.enum([
  "text",
  "textarea",
  "email",
  "phone",
  "select",
  "checkbox",
  "file",
  "consent",
  "hidden",
]);
export type FormFieldType = z.infer<typeof FormFieldType>;

/** A link to a page of the web, nothing a browser would run. */
const WebAddress = z.string().check(
  z.trim(),
  z.maxLength(2_000, "has more than 2,000 characters"),
  z.refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === "";
  }, "must be an address such as https://shop.example/privacy"),
);

/**
 * One field of a form. `select` is one of `options`; `checkbox` is yes or no, with `options` several of them;
 * `consent` is a checkbox whose label ends in a link to `url`.
 */
export const FormField = z.readonly(
  z.strictObject({
    /** As it is posted. Names that begin with "_" mean something of their own and are no fields. */
    name: z.string().check(
      z.regex(
        /^[^_\s\p{Cc}][^\p{Cc}]{0,62}$/u,
        "must be one line that does not begin with “_” or a space",
      ),
    ),
    type: FormFieldType,
    label: z.string().check(
      z.trim(),
      z.minLength(1, "is missing"),
      z.maxLength(500, "has more than 500 characters"),
    ),
    required: z._default(z.boolean(), false),
    /** Below the field. */
    help: z.optional(z.string().check(z.trim(), z.maxLength(500))),
    placeholder: z.optional(z.string().check(z.maxLength(200))),
    options: z.optional(z.readonly(
      z.array(
        z.string().check(z.trim(), z.minLength(1, "is empty"), z.maxLength(200)),
      ).check(z.maxLength(100, "has more than 100 choices")),
    )),
    /** What stands in it at first; of a hidden field what is posted. */
    value: z.optional(z.string().check(z.maxLength(2_000))),
    /** Of a consent: where the text is that is agreed to. */
    url: z.optional(WebAddress),
    /** Two fields of half width stand beside each other where there is room. */
    width: z.optional(z.enum(["full", "half"])),
  }).check(
    z.refine(
      ({ type, options }) => type !== "select" || (options?.length ?? 0) > 0,
      { path: ["options"], error: "needs one choice or more" },
    ),
    z.refine(
      ({ options }) => new Set(options).size === (options?.length ?? 0),
      { path: ["options"], error: "has the same choice twice" },
    ),
  ),
);
export type FormField = z.infer<typeof FormField>;

/** A field as somebody filled it in. */
export const FilledField = z.readonly(z.object({
  /** As it was posted. */
  name: z.string(),
  /** What the form called it; its name where nobody knows. */
  label: z.string(),
  value: z.string(),
}));
export type FilledField = z.infer<typeof FilledField>;

/** All fields of a form, in their order. */
export const FormFields = z.readonly(
  z.array(FormField).check(
    z.maxLength(MAX_FORM_FIELDS, `has more than ${MAX_FORM_FIELDS} fields`),
    z.refine(
      (fields) => new Set(fields.map(({ name }) => name)).size === fields.length,
      "has two fields of the same name",
    ),
  ),
);
export type FormFields = z.infer<typeof FormFields>;

/** What visitors see of a form. Public. */
export interface FormLook {
  readonly fields: FormFields;
  /** Empty: the channel's name. */
  readonly title: string;
  readonly intro: string;
  /** Empty: "Send" in the visitor's language. */
  readonly submitLabel: string;
  /** Below the thank-you. Empty: what happens next in the visitor's language. */
  readonly thanks: string;
  /** "#rrggbb". */
  readonly accentColor: string;
}
