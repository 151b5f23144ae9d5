const PLACE = /\{\{\s*([a-z]+\.[a-zA-Z]+)\s*\}\}/g;

/** What a snippet left to be filled in by its author: "Still to fill in: {{contact.phone}}"; null when nothing is. */
export function unfilledWords(text: string): string | null {
  if (!text.includes("{{")) return null;
  const names = new Set([...text.matchAll(PLACE)].map(([, name]) => `{{${name}}}`));
  return names.size === 0 ? null : `Still to fill in: ${[...names].join(", ")}`;
}
