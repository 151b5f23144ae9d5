/** The words of a template with its values in place; a place without a value stays as it is. Pure. */
export function templateText(body: string, values: readonly string[]): string {
  return body.replace(
    /\{\{\s*(\d{1,3})\s*\}\}/g,
    (place, n: string) => values[Number(n) - 1] || place,
  );
}
