/** Whether a media type is among those a channel takes. @param types MIME types, "image/*" patterns, "*" for any */
export function takesType(types: readonly string[], type: string): boolean {
  const [plain = ""] = type.toLowerCase().split(";");
  const name = plain.trim();
  return types.some((one) =>
    one === "*" || one === "*/*" || one === name ||
    one.endsWith("/*") && name.startsWith(one.slice(0, -1))
  );
}
