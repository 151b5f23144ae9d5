/** The caps of one press: "Mod+k" is Ctrl and K (⌘ and K on a Mac), "Shift+u" is Shift and U, "j" is itself, Escape is Esc. */
export function capsOf(key: string): readonly string[] {
  const [modifier, rest] = key.split("+", 2);
  if (modifier === undefined || rest === undefined || rest === "") {
    return [key === "Escape" ? "Esc" : key];
  }
  const cap = modifier === "Mod" ? (isMac() ? "⌘" : "Ctrl") : modifier;
  return [cap, rest.length === 1 ? rest.toUpperCase() : rest];
}

function isMac(): boolean {
  return typeof document !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
}
