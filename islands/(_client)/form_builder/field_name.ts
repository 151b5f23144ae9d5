const MAX_LENGTH = 40;

/** "What's your size?" as "what-s-your-size"; empty where a label has no letters a name may have. */
export function nameOfLabel(label: string): string {
  return label.replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+/, "").slice(0, MAX_LENGTH).replace(/-+$/, "");
}

/** The name itself, or with the first number that makes it one of its own. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const stem = name.replace(/-\d+$/, "");
  for (let n = 2;; n++) {
    const next = `${stem}-${n}`;
    if (!taken.includes(next)) return next;
  }
}
