import type { FormFieldType } from "@/core/model/form.ts";
import { choicesOf } from "./form_draft.ts";
import type { IconName } from "@/islands/(_components)/icon_names.ts";

/** One thing of the palette. */
export interface FieldKind {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly group: "Answers" | "Choices" | "More";
  readonly type: FormFieldType;
  /** What it begins as. */
  readonly begins: {
    readonly label: string;
    readonly name: string;
    readonly options?: readonly string[];
    readonly required?: boolean;
  };
}

const CHOICES = ["First choice", "Second choice"];

export const FIELD_KINDS: readonly FieldKind[] = [
  {
    id: "text",
    label: "Short text",
    icon: "text",
    group: "Answers",
    type: "text",
    begins: { label: "Short text", name: "text" },
  },
  {
    id: "textarea",
    label: "Long text",
    icon: "paragraph",
    group: "Answers",
    type: "textarea",
    begins: { label: "Message", name: "message" },
  },
  {
    id: "email",
    label: "Email",
    icon: "at",
    group: "Answers",
    type: "email",
    begins: { label: "Email", name: "email", required: true },
  },
  {
    id: "phone",
    label: "Phone",
    icon: "phone",
    group: "Answers",
    type: "phone",
    begins: { label: "Phone", name: "phone" },
  },
  {
    id: "select",
    label: "One of",
    icon: "radio",
    group: "Choices",
    type: "select",
    begins: { label: "One of", name: "choice", options: CHOICES },
  },
  {
    id: "several",
    label: "Several of",
    icon: "checkbox",
    group: "Choices",
    type: "checkbox",
    begins: { label: "Several of", name: "choices", options: CHOICES },
  },
  {
    id: "checkbox",
    label: "Yes or no",
    icon: "check",
    group: "Choices",
    type: "checkbox",
    begins: { label: "Yes, please", name: "yes" },
  },
  {
    id: "file",
    label: "Files",
    icon: "upload",
    group: "More",
    type: "file",
    begins: { label: "Files", name: "files" },
  },
  {
    id: "consent",
    label: "Consent",
    icon: "shield",
    group: "More",
    type: "consent",
    begins: {
      label: "I agree that this is stored to answer me.",
      name: "consent",
      required: true,
    },
  },
  {
    id: "hidden",
    label: "Hidden value",
    icon: "eye",
    group: "More",
    type: "hidden",
    begins: { label: "Hidden value", name: "source" },
  },
];

/** What a field is called in the palette. @param field may still be in the making */
export function kindOf({ type, options }: {
  readonly type: FormFieldType;
  readonly options: readonly string[];
}): FieldKind {
  const id = type === "checkbox" && choicesOf(options).length > 0 ? "several" : type;
  const found = FIELD_KINDS.find((kind) => kind.id === id);
  if (found === undefined) throw new TypeError(`Cannot name a field of type "${type}"`);
  return found;
}
