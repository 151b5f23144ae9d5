/** A file's size for people: "96 KB", "2.1 MB". @param bytes 0 or more. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["KB", "MB", "GB"] as const;
  let value = bytes;
  let unit: string = "B";
  for (const next of units) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 9.95 && unit !== "KB" ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
