/**
 * An adapter's settings as form fields: made from the JSON Schema of its config, so that a new adapter needs no page.
 * Names of form fields are `config.` and the dotted path; inside a variant the variant's name stands in brackets
 * (`config.inbound[imap].host`), because the fields of all variants are sent and only one variant counts.
 */

/** A JSON Schema with the words zod's `.meta()` put into it. */
export type Schema = Readonly<Record<string, unknown>>;

interface FieldBase {
  /** Name of the form field. */
  readonly name: string;
  /** Dotted path in the config, as errors and secrets name it. */
  readonly path: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly required: boolean;
  /** Shown folded away. */
  readonly advanced: boolean;
}

export interface Variant {
  readonly value: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly fields: readonly ConfigField[];
  /** Why it cannot be chosen here; absent when it can. */
  readonly missing?: string | undefined;
}

/** What this deployment lacks, and why in words, by what a schema's `needs` names. */
export type MissingNeeds = Readonly<Record<string, string>>;

export type ConfigField =
  & FieldBase
  & (
    | {
      readonly kind: "text";
      /** `textfile`: several lines, which can also be taken from a file. */
      readonly input: "text" | "email" | "url" | "color" | "textarea" | "textfile";
      readonly initial: string;
      readonly maxLength?: number | undefined;
    }
    | { readonly kind: "secret" }
    /** Has one possible value; nothing to show. */
    | { readonly kind: "constant"; readonly value: unknown }
    | {
      readonly kind: "number";
      readonly initial: number | null;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
    | { readonly kind: "toggle"; readonly initial: boolean }
    | {
      readonly kind: "choice";
      readonly initial: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      /** Of records that only the page knows: see `withLists`. */
      readonly list?: string | undefined;
    }
    /** A list of strings, one per line. */
    | { readonly kind: "lines" }
    /** A list of objects. */
    | {
      readonly kind: "rows";
      readonly maxRows?: number | undefined;
      /** Of a row: each field's name and path stand behind the row's own. */
      readonly fieldsOf: (row: number) => readonly ConfigField[];
    }
    | { readonly kind: "group"; readonly fields: readonly ConfigField[] }
    /** One of several shapes, told apart by `tag`. */
    | {
      readonly kind: "variants";
      readonly tag: string;
      readonly initial: string;
      readonly variants: readonly Variant[];
    }
  );

/**
 * The fields of a config.
 * @param schema JSON Schema of an object.
 * @param missing variants that need one of these are shown with the reason, and cannot be chosen
 * @throws TypeError for a shape no field can hold (a test runs this over every adapter).
 */
export function configFields(
  schema: Schema,
  missing: MissingNeeds = {},
): readonly ConfigField[] {
  return objectFields(schema, "config.", "", missing);
}

/** Widgets that choose one of what the page knows. */
const LISTS = new Set(["mail_channel"]);

/** The same fields, with the choices of those that are a list of the page's. @param lists by widget */
export function withLists(
  fields: readonly ConfigField[],
  lists: Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>,
): readonly ConfigField[] {
  return fields.map((field) =>
    field.kind === "choice" && field.list !== undefined
      ? { ...field, options: [{ value: "", label: "None chosen" }, ...lists[field.list] ?? []] }
      : field
  );
}

function objectFields(
  schema: Schema,
  namePrefix: string,
  pathPrefix: string,
  missing: MissingNeeds,
): ConfigField[] {
  const required = asStrings(schema.required);
  const shown = Object.entries(asSchema(schema.properties))
    // Edited on a page of its own: it stays as it is.
    .filter(([, property]) => asSchema(property).ownPage !== true);
  return shown.map(([key, property]) =>
    toField(asSchema(property), {
      key,
      name: namePrefix + key,
      path: pathPrefix + key,
      required: required.includes(key),
      missing,
    })
  );
}

interface Place {
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly required: boolean;
  readonly missing: MissingNeeds;
}

function toField(schema: Schema, { key, name, path, required, missing }: Place): ConfigField {
  const base: FieldBase = {
    name,
    path,
    label: asString(schema.title) ?? toWords(key),
    help: asString(schema.help),
    required: required && schema.default === undefined,
    advanced: schema.advanced === true,
  };
  const shapes = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(shapes)) {
    const known = shapes.map(asSchema).filter(({ type }) => type !== "null");
    const [only] = known;
    // "This or nothing" is this, and not required.
    if (only && known.length === 1 && shapes.length > 1) {
      return toField({ ...only, ...schema, oneOf: undefined, anyOf: undefined }, {
        key,
        name,
        path,
        required: false,
        missing,
      });
    }
    return variantsField(base, schema, known, missing);
  }
  if (schema.const !== undefined) return { ...base, kind: "constant", value: schema.const };
  if (schema.secret === true) return { ...base, kind: "secret" };
  if (Array.isArray(schema.enum)) return choiceField(base, schema, asStrings(schema.enum));
  switch (schema.type) {
    case "string":
      if (LISTS.has(asString(schema.widget) ?? "")) {
        return { ...base, kind: "choice", initial: "", options: [], list: asString(schema.widget) };
      }
      return {
        ...base,
        kind: "text",
        input: inputOf(schema),
        initial: asString(schema.default) ?? "",
        maxLength: asNumber(schema.maxLength),
      };
    case "number":
    case "integer":
      return {
        ...base,
        kind: "number",
        initial: asNumber(schema.default) ?? null,
        min: asNumber(schema.minimum),
        max: asNumber(schema.maximum),
      };
    case "boolean":
      return { ...base, kind: "toggle", initial: schema.default === true };
    case "array":
      if (asSchema(schema.items).type === "string") return { ...base, kind: "lines" };
      if (asSchema(schema.items).type === "object") return rowsField(base, schema, missing);
      break;
    case "object":
      return {
        ...base,
        kind: "group",
        fields: objectFields(schema, `${name}.`, `${path}.`, missing),
      };
  }
  throw new TypeError(`Cannot make a form field for "${path}": ${JSON.stringify(schema.type)}`);
}

function rowsField(base: FieldBase, schema: Schema, missing: MissingNeeds): ConfigField {
  const items = asSchema(schema.items);
  const fieldsOf = (row: number) =>
    objectFields(items, `${base.name}.${row}.`, `${base.path}.${row}.`, missing);
  // Reported here rather than when a page shows its first row.
  fieldsOf(0);
  return { ...base, kind: "rows", maxRows: asNumber(schema.maxItems), fieldsOf };
}

function choiceField(base: FieldBase, schema: Schema, values: readonly string[]): ConfigField {
  const labels = asSchema(schema.labels ?? {});
  return {
    ...base,
    kind: "choice",
    initial: asString(schema.default) ?? values[0] ?? "",
    options: values.map((value) => ({ value, label: asString(labels[value]) ?? toWords(value) })),
  };
}

function variantsField(
  base: FieldBase,
  schema: Schema,
  shapes: readonly Schema[],
  missing: MissingNeeds,
): ConfigField {
  const tag = tagOf(shapes);
  if (tag === null) {
    throw new TypeError(`Cannot make a form field for "${base.path}": shapes without a common tag`);
  }
  const variants = shapes.map((shape): Variant => {
    const value = String(asSchema(asSchema(shape.properties)[tag]).const);
    const fields = objectFields(shape, `${base.name}[${value}].`, `${base.path}.`, missing);
    const needs = asString(shape.needs) ?? "";
    return {
      value,
      label: asString(shape.title) ?? toWords(value),
      help: asString(shape.help),
      fields: fields.filter(({ path }) => path !== `${base.path}.${tag}`),
      ...Object.hasOwn(missing, needs) ? { missing: missing[needs] } : {},
    };
  });
  const chosen = asString(asSchema(schema.default ?? {})[tag]);
  const first = variants.find((variant) => variant.missing === undefined) ?? variants[0];
  return { ...base, kind: "variants", tag, initial: chosen ?? first?.value ?? "", variants };
}

/** The property that is a constant in every shape. */
function tagOf(shapes: readonly Schema[]): string | null {
  const [first] = shapes;
  if (first === undefined) return null;
  const isConstant = (key: string) =>
    shapes.every((shape) =>
      asSchema(asSchema(shape.properties ?? {})[key] ?? {}).const !== undefined
    );
  return Object.keys(asSchema(first.properties ?? {})).find(isConstant) ?? null;
}

function inputOf(schema: Schema): Extract<ConfigField, { kind: "text" }>["input"] {
  const { widget } = schema;
  if (widget === "textarea" || widget === "textfile" || widget === "color") return widget;
  if (schema.format === "email") return "email";
  return schema.format === "uri" ? "url" : "text";
}

/** "fromName" and "from_name" as "From name". */
function toWords(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function asSchema(value: unknown): Schema {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    // A JSON object: any string key may be read from it, and gives unknown.
    return value as Schema;
  }
  throw new TypeError(`Cannot read a schema: ${JSON.stringify(value)} is not an object`);
}

function asStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Limits beyond what is exact (zod writes them for every integer) are none. */
function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}
