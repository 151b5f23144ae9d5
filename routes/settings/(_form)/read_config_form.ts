import type { ConfigField } from "./config_fields.ts";
import { isSecretSet } from "./config_value.ts";

type Config = Readonly<Record<string, unknown>>;

/**
 * What a form says, as a config for the adapter's schema to judge. Of variants only the chosen one counts.
 * @param stored the config as it reads now (secrets as `{set}`), or null for a new channel. Over a stored config, an
 * emptied field is null (takes the value away) and an empty secret is `{set: true}` (the stored one stays).
 */
export function readConfigForm(
  fields: readonly ConfigField[],
  form: FormData,
  stored: Config | null = null,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const field of fields) {
    const key = field.path.slice(field.path.lastIndexOf(".") + 1);
    const value = readField(field, form, stored);
    if (value !== undefined) config[key] = value;
    else if (stored !== null) config[key] = null;
  }
  return config;
}

/** @returns undefined for what is left empty and may be. */
function readField(field: ConfigField, form: FormData, stored: Config | null): unknown {
  switch (field.kind) {
    case "constant":
      return field.value;
    case "toggle":
      return form.has(field.name);
    case "secret": {
      const text = textOf(form, field.name);
      if (text !== "") return text;
      return isSecretSet(stored, field.path) ? { set: true } : undefined;
    }
    case "lines":
      return textOf(form, field.name).split("\n").map((line) => line.trim()).filter(Boolean);
    case "number": {
      const text = textOf(form, field.name).trim();
      if (text === "") return undefined;
      // What is no number goes on as it is, so that the schema says so beside the field.
      return Number.isFinite(Number(text)) ? Number(text) : text;
    }
    case "rows":
      return readRows(field, form);
    case "group":
      return readConfigForm(field.fields, form, stored);
    case "variants": {
      const chosen = textOf(form, field.name);
      const variant = field.variants.find(({ value }) => value === chosen);
      return {
        [field.tag]: chosen,
        ...(variant && readConfigForm(variant.fields, form, stored)),
      };
    }
    case "text":
    case "choice": {
      // Browsers send line breaks as CR LF.
      const text = textOf(form, field.name).replaceAll("\r\n", "\n");
      return text === "" && !field.required ? undefined : text;
    }
  }
}

/** Rows with nothing in them are none. */
function readRows(
  { name, fieldsOf }: Extract<ConfigField, { kind: "rows" }>,
  form: FormData,
): readonly Record<string, unknown>[] {
  const start = `${name}.`;
  const places = [...form.keys()].filter((key) => key.startsWith(start))
    .map((key) => /^\d{1,3}(?=\.)/.exec(key.slice(start.length))?.[0]);
  const rows = [...new Set(places)].filter((place) => place !== undefined).map(Number);
  return rows.sort((a, b) => a - b)
    .map((row) => readConfigForm(fieldsOf(row), form))
    .filter((row) => Object.values(row).some((value) => value !== ""));
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
