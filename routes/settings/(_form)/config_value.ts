/** What a config holds at a dotted path, or undefined. */
export function valueAt(config: unknown, path: string): unknown {
  let value = config;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** A copy that holds a value at a dotted path; the same config where an object on the way is missing. */
export function withValueAt(
  config: Readonly<Record<string, unknown>>,
  path: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const copy = structuredClone({ ...config });
  put(copy, path, value);
  return copy;
}

/** Whether a secret is stored: the core reads it back as `{set: true}`, never as itself. */
export function isSecretSet(config: unknown, path: string): boolean {
  return valueAt(config, `${path}.set`) === true;
}

/**
 * What was just posted over what is stored: a page shown again keeps the typed values, and knows which secrets
 * are stored. A posted secret is never sent back.
 */
export function withStoredSecrets(
  posted: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, unknown>>,
  secretPaths: readonly string[],
): Record<string, unknown> {
  const config = structuredClone({ ...posted });
  for (const path of secretPaths) put(config, path, { set: isSecretSet(stored, path) });
  return config;
}

function put(config: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? path;
  let at: object = config;
  for (const key of keys) {
    const next = Reflect.get(at, key);
    if (typeof next !== "object" || next === null) return;
    at = next;
  }
  Reflect.set(at, last, value);
}
