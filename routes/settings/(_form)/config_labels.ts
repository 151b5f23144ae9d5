import type { ConfigField } from "./config_fields.ts";
import { valueAt } from "./config_value.ts";

/** Labels by the path that errors name (`config.` before the path in the config). */
export function configLabels(fields: readonly ConfigField[]): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const field of fields) {
    labels[`config.${field.path}`] = field.label;
    Object.assign(labels, configLabels(childrenOf(field)));
  }
  return labels;
}

/** Dotted paths of all secrets. */
export function secretPaths(fields: readonly ConfigField[]): readonly string[] {
  return fields.flatMap((field) => [
    ...(field.kind === "secret" ? [field.path] : []),
    ...secretPaths(childrenOf(field)),
  ]);
}

/** Dotted paths of the secrets that a config can hold: of variants, those of the chosen one. */
export function usedSecretPaths(
  fields: readonly ConfigField[],
  config: Readonly<Record<string, unknown>>,
): readonly string[] {
  return fields.flatMap((field) => {
    if (field.kind === "secret") return [field.path];
    if (field.kind === "group") return usedSecretPaths(field.fields, config);
    if (field.kind !== "variants") return [];
    const chosen = valueAt(config, `${field.path}.${field.tag}`);
    const variant = field.variants.find(({ value }) => value === chosen);
    return variant === undefined ? [] : usedSecretPaths(variant.fields, config);
  });
}

function childrenOf(field: ConfigField): readonly ConfigField[] {
  if (field.kind === "group") return field.fields;
  if (field.kind === "rows") return field.fieldsOf(0);
  return field.kind === "variants" ? field.variants.flatMap(({ fields }) => fields) : [];
}
