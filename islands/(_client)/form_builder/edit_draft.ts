import { MAX_FORM_FIELDS } from "@/core/model/form.ts";
import { FIELD_KINDS } from "./field_kinds.ts";
import { freeName, nameOfLabel } from "./field_name.ts";
import type { DraftField, FormDraft } from "@/core/model/form_draft.ts";

/** One step of editing. Fields are named by their key. */
export type Edit =
  /** Behind the selected field, or where `at` says. `kind` is one of the palette. */
  | { readonly do: "add"; readonly kind: string; readonly at?: number }
  | { readonly do: "move"; readonly key: string; readonly to: number }
  | { readonly do: "duplicate" | "remove"; readonly key: string }
  | { readonly do: "restore" }
  /** Null closes the field's settings. */
  | { readonly do: "select"; readonly key: string | null }
  | { readonly do: "field"; readonly key: string; readonly set: Partial<DraftField> }
  | {
    readonly do: "form";
    readonly set: Partial<Pick<FormDraft, "title" | "intro" | "submitLabel" | "accentColor">>;
  };

/**
 * The draft after one step; the same draft where there is nothing to do.
 * @param kept names that are stored: other pages post them, so that a new label does not change them
 */
export function editDraft(draft: FormDraft, edit: Edit, kept: readonly string[]): FormDraft {
  const { fields } = draft;
  switch (edit.do) {
    case "add": {
      const kind = FIELD_KINDS.find(({ id }) => id === edit.kind);
      if (kind === undefined) return draft;
      const { label, name, options = [], required = false } = kind.begins;
      const field: DraftField = {
        key: "",
        type: kind.type,
        name,
        label,
        required,
        options: [...options],
        help: "",
        placeholder: "",
        value: "",
        url: "",
        width: "full",
      };
      const after = fields.findIndex(({ key }) => key === draft.selected);
      return insert(draft, field, edit.at ?? (after < 0 ? fields.length : after + 1));
    }
    case "duplicate": {
      const at = fields.findIndex(({ key }) => key === edit.key);
      const field = fields[at];
      return field === undefined ? draft : insert(draft, field, at + 1);
    }
    case "move": {
      const field = fields.find(({ key }) => key === edit.key);
      if (field === undefined) return draft;
      const rest = fields.filter((one) => one !== field);
      const to = Math.max(0, Math.min(edit.to, rest.length));
      return { ...draft, fields: rest.toSpliced(to, 0, field) };
    }
    case "remove": {
      const at = fields.findIndex(({ key }) => key === edit.key);
      const field = fields[at];
      if (field === undefined) return draft;
      const left = fields.toSpliced(at, 1);
      return { ...draft, fields: left, removed: { field, at }, selected: null };
    }
    case "restore":
      return draft.removed === null
        ? draft
        : insert({ ...draft, removed: null }, draft.removed.field, draft.removed.at);
    case "select":
      return { ...draft, selected: edit.key };
    case "field": {
      const next = fields.map((field) =>
        field.key === edit.key ? renamed(field, { ...field, ...edit.set }, fields, kept) : field
      );
      return { ...draft, fields: next };
    }
    case "form":
      return { ...draft, ...edit.set };
  }
}

/** As `draft` with a copy of the field, which is selected; its name and key are free. */
function insert(draft: FormDraft, field: DraftField, at: number): FormDraft {
  const { fields } = draft;
  if (fields.length >= MAX_FORM_FIELDS) return draft;
  const numbers = fields.map(({ key }) => Number(key.slice(1)) || 0);
  const key = `f${Math.max(-1, ...numbers) + 1}`;
  const name = freeName(field.name, fields.map((one) => one.name));
  const place = Math.max(0, Math.min(at, fields.length));
  return {
    ...draft,
    fields: fields.toSpliced(place, 0, { ...field, key, name }),
    selected: key,
  };
}

/** A name that nobody chose goes with its label. */
function renamed(
  before: DraftField,
  after: DraftField,
  fields: readonly DraftField[],
  kept: readonly string[],
): DraftField {
  const isChosen = before.name !== after.name || kept.includes(before.name);
  if (before.label === after.label || isChosen) return after;
  const others = fields.filter(({ key }) => key !== before.key).map(({ name }) => name);
  return {
    ...after,
    name: freeName(nameOfLabel(after.label) || before.type, [...others, ...kept]),
  };
}
