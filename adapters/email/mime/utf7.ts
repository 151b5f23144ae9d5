/** Text of UTF-7 bytes (RFC 2152), which old Exchange servers still write. Total: what is no UTF-7 stays as it is. */
export function decodeUtf7(bytes: Uint8Array): string {
  const text = new TextDecoder("windows-1252").decode(bytes);
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, base64: string) => {
    if (base64 === "") return whole === "+-" ? "+" : whole;
    const units = Uint8Array.from(
      atob(base64.slice(0, usable(base64.length))),
      (char) => char.charCodeAt(0),
    );
    return new TextDecoder("utf-16be").decode(units.subarray(0, units.length & ~1));
  });
}

/** A single character of base64 at the end says nothing. */
function usable(length: number): number {
  return length % 4 === 1 ? length - 1 : length;
}
