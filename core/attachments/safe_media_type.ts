/** A MIME type as it may stand in a header; whatever a sender wrote that is none is just bytes. */
export function safeMediaType(type: string): string {
  const plain = type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,100}$/.test(plain) ? plain : "application/octet-stream";
}
