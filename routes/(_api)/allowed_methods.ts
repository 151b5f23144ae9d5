/** A route as Hono lists it. */
export interface ListedRoute {
  readonly method: string;
  /** With `:names`. */
  readonly path: string;
}

/** Methods an address takes, HEAD beside GET; none for an address that does not exist. */
export function allowedMethods(routes: readonly ListedRoute[], path: string): readonly string[] {
  const methods = new Set<string>();
  for (const route of routes) {
    // Middleware is listed as ALL.
    if (route.method === "ALL" || !isAt(route.path, path)) continue;
    methods.add(route.method);
    if (route.method === "GET") methods.add("HEAD");
  }
  return [...methods].sort();
}

function isAt(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return wanted.length === given.length &&
    wanted.every((part, i) => part.startsWith(":") ? given[i] !== "" : part === given[i]);
}
