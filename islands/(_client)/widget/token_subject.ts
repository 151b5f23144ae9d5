/**
 * Whom an identity token is about, by its own word: only the server can check it. Tells whether the device's session
 * is already this person's, so that not every page view begins a new one.
 * @returns null for what is no token.
 */
export function subjectOf(token: string): string | null {
  try {
    const body = token.split(".")[1] ?? "";
    const bytes = Uint8Array.from(
      atob(body.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const isObject = typeof claims === "object" && claims !== null;
    return isObject && "sub" in claims && typeof claims.sub === "string" ? claims.sub : null;
  } catch {
    return null;
  }
}
