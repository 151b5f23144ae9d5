import type { ConfigField } from "./config_fields.ts";

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

function childrenOf(field: ConfigField): readonly ConfigField[] {
  if (field.kind === "group") return field.fields;
  return field.kind === "variants" ? field.variants.flatMap(({ fields }) => fields) : [];
}
