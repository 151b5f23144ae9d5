/** Whether every word of a query stands somewhere in these texts. */
export function holdsWords(texts: readonly string[], query: string): boolean {
  const all = texts.join("\n").toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => all.includes(word.replace(/^\//, "")));
}
