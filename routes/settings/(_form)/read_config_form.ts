import type { ConfigField } from "./config_fields.ts";

/**
 * What a form says, as a config for the adapter's schema to judge. An empty field that is not required is left out
 * (its default applies), an empty secret too (the stored one stays), and of variants only the chosen one counts.
 */
export function readConfigForm(
  fields: readonly ConfigField[],
  form: FormData,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const field of fields) {
    const key = field.path.slice(field.path.lastIndexOf(".") + 1);
    const value = readField(field, form);
    if (value !== undefined) config[key] = value;
  }
  return config;
}

function readField(field: ConfigField, form: FormData): unknown {
  switch (field.kind) {
    case "toggle":
      return form.has(field.name);
    case "secret": {
      const text = textOf(form, field.name);
      return text === "" ? undefined : text;
    }
    case "lines":
      return textOf(form, field.name).split("\n").map((line) => line.trim()).filter(Boolean);
    case "number": {
      const text = textOf(form, field.name).trim();
      if (text === "") return undefined;
      // What is no number goes on as it is, so that the schema says so beside the field.
      return Number.isFinite(Number(text)) ? Number(text) : text;
    }
    case "group":
      return readConfigForm(field.fields, form);
    case "variants": {
      const chosen = textOf(form, field.name);
      const variant = field.variants.find(({ value }) => value === chosen);
      return { [field.tag]: chosen, ...(variant && readConfigForm(variant.fields, form)) };
    }
    case "text":
    case "choice": {
      // Browsers send line breaks as CR LF.
      const text = textOf(form, field.name).replaceAll("\r\n", "\n");
      return text === "" && !field.required ? undefined : text;
    }
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
