/** Where secrets stand in a config, read from the JSON Schema of its adapter: fields with `secret: true`. */

type Json = unknown;

/**
 * Dotted paths of all secret fields, over every branch of a union.
 * @throws TypeError when a secret stands where no path leads, in a list or a shared definition: it would be stored open
 */
export function secretPaths(schema: Json): readonly string[] {
  const paths = collect(schema, []);
  if (paths.length < countSecrets(schema)) {
    throw new TypeError(
      "Cannot use config schema: a secret of it is in a list, a record or a $ref",
    );
  }
  return [...new Set(paths)];
}

function countSecrets(schema: Json): number {
  if (Array.isArray(schema)) return schema.reduce<number>((sum, one) => sum + countSecrets(one), 0);
  if (!isObject(schema)) return 0;
  return (schema.secret === true ? 1 : 0) + countSecrets(Object.values(schema));
}

function collect(schema: Json, path: readonly string[]): string[] {
  if (!isObject(schema)) return [];
  if (schema.secret === true) return [path.join(".")];
  const inside = isObject(schema.properties)
    ? Object.entries(schema.properties).flatMap(([name, child]) => collect(child, [...path, name]))
    : [];
  const branches = [schema.anyOf, schema.oneOf, schema.allOf]
    .flatMap((list) => Array.isArray(list) ? list : [])
    .flatMap((branch) => collect(branch, path));
  return [...inside, ...branches];
}

export type JsonObject = { readonly [name: string]: Json };

export function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a dotted path; undefined where the path ends early. */
export function getPath(value: Json, path: string): Json {
  return path.split(".").reduce<Json>((at, name) => isObject(at) ? at[name] : undefined, value);
}

/** A copy with the value at a dotted path set, or removed when it is undefined. Missing parents are left missing. */
export function setPath(value: JsonObject, path: string, next: Json): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length > 0) {
    const child = value[name];
    return isObject(child) ? { ...value, [name]: setPath(child, rest.join("."), next) } : value;
  }
  const { [name]: _, ...others } = value;
  return next === undefined ? others : { ...others, [name]: next };
}
