/**
 * Where to go after signing in: a path of this site, never another one.
 * @returns `fallback` for anything else ("//host", "/\host", "https:…", control characters).
 */
export function localPath(path: string | null, fallback: string): string {
  // deno-lint-ignore no-control-regex -- browsers drop control characters, so "/\t/host" would leave
  if (path === null || !/^\/(?![/\\])[^\\\u0000-\u0020]*$/.test(path)) return fallback;
  return path;
}
