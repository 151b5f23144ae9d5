/**
 * The stored config with the patch's fields in place of its own; null takes one away, `{set: true}` keeps a secret and
 * `{set: false}` leaves it absent.
 */
export function mergeConfig(
  stored: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const kept = Object.entries(stored).filter(([name]) => !Object.hasOwn(patch, name));
  return Object.fromEntries([...kept, ...fieldsOf(patch, stored)]);
}

function fieldsOf(next: object, stored: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(next).filter(([, value]) => value !== null)
    .map(([name, value]): [string, unknown] => [name, keepSecrets(stored[name], value)])
    .filter(([, value]) => value !== undefined);
}

function keepSecrets(stored: unknown, next: unknown): unknown {
  if (typeof next !== "object" || next === null || Array.isArray(next)) return next;
  if (Object.keys(next).length === 1 && "set" in next && typeof next.set === "boolean") {
    return next.set ? stored : undefined;
  }
  // Any object can be read by its names.
  const before = typeof stored === "object" && stored !== null
    ? stored as Readonly<Record<string, unknown>>
    : {};
  return Object.fromEntries(fieldsOf(next, before));
}
