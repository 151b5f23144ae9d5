import type { PostedEntry, PostedFile } from "@/core/mod.ts";
import { err, ok, type Result } from "@/core/result.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { MAX_BODY_BYTES, MAX_FILE_BYTES, readBody } from "../../(_shared)/read_body.ts";
import { MAX_PARTS, readMultipart } from "../../(_shared)/read_multipart.ts";

const ACCEPTED = [
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "application/json",
  "text/plain",
] as const;
/** Of JSON. */
const MAX_DEPTH = 32;
type BodyType = (typeof ACCEPTED)[number];

/** What a form's body holds. */
export interface PostedBody {
  readonly entries: readonly PostedEntry[];
  readonly files: readonly PostedFile[];
  /** A script posted it: it is answered with JSON. */
  readonly isJson: boolean;
}

/** What kind of body a form is posted as; null for one that is not taken. */
export function bodyTypeOf(request: Request): BodyType | null {
  const [type = ""] = (request.headers.get("content-type") ?? "").toLowerCase().split(";", 1);
  return ACCEPTED.find((accepted) => accepted === type.trim()) ?? null;
}

/** Reads a posted form in any of the ways browsers and scripts send one. Errors: unsupported_media_type, too_large, malformed_body. */
export async function readPostedForm(request: Request): Promise<Result<PostedBody, HttpError>> {
  const type = bodyTypeOf(request);
  if (type === null) {
    await request.body?.cancel();
    return err({ code: "unsupported_media_type", accepted: ACCEPTED });
  }
  const isMultipart = type === "multipart/form-data";
  const body = await readBody(
    request,
    isMultipart ? MAX_FILE_BYTES + MAX_BODY_BYTES : MAX_BODY_BYTES,
  );
  if (!body.ok) return body;
  switch (type) {
    case "multipart/form-data":
      return await readForm(body.value, request.headers.get("content-type") ?? "");
    case "application/x-www-form-urlencoded": {
      const entries = readUrlencoded(body.value, charsetOf(request));
      return entries === null ? err(TOO_MANY) : ok({ entries, files: [], isJson: false });
    }
    case "application/json":
      return readJson(decode(body.value, "utf-8"));
    case "text/plain": {
      const text = decode(body.value, charsetOf(request));
      // A beacon of a script, which may not call itself JSON.
      if (/^\s*\{/.test(text)) return readJson(text);
      return ok({ entries: readLines(text), files: [], isJson: false });
    }
  }
}

async function readForm(
  body: Uint8Array<ArrayBuffer>,
  type: string,
): Promise<Result<PostedBody, HttpError>> {
  const form = await readMultipart(body, type);
  if (form === "too_many_parts") return err(TOO_MANY);
  if (form === "unreadable") {
    return err({ code: "malformed_body", message: "The form cannot be read." });
  }
  const entries: PostedEntry[] = [];
  const files: PostedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === "string") {
      entries.push({ name, value });
    } else if (value.size > 0) {
      const bytes = new Uint8Array(await value.arrayBuffer());
      files.push({ name, fileName: value.name || "file", type: value.type, bytes });
    }
  }
  return ok({ entries, files, isJson: false });
}

const TOO_MANY = {
  code: "malformed_body",
  message: `The form has more than ${MAX_PARTS} fields.`,
} as const;

/** Pairs as bytes, so that a page in another charset is read as what it is. Null: more than anybody fills in. */
function readUrlencoded(body: Uint8Array, charset: string): readonly PostedEntry[] | null {
  const filled = decode(body, "latin1").split("&").filter((pair) => pair !== "");
  if (filled.length > MAX_PARTS) return null;
  const pairs = filled.map((pair) => {
    const end = pair.indexOf("=");
    return end < 0 ? [pair, ""] as const : [pair.slice(0, end), pair.slice(end + 1)] as const;
  });
  const said = pairs.find(([name]) => name === "_charset_")?.[1] ?? charset;
  return pairs.map(([name, value]) => ({
    name: decode(percentBytes(name), said),
    value: decode(percentBytes(value), said),
  }));
}

function percentBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isEscaped = code === 0x25 && /^[0-9a-fA-F]{2}$/.test(text.slice(at + 1, at + 3));
    bytes[size++] = isEscaped
      ? Number.parseInt(text.slice(at + 1, at + 3), 16)
      : code === 0x2b
      ? 0x20
      : code;
    if (isEscaped) at += 2;
  }
  return bytes.subarray(0, size);
}

/** `name=value` on lines of their own, as a form of the type text/plain is sent. */
function readLines(text: string): readonly PostedEntry[] {
  const entries: { name: string; value: string }[] = [];
  for (const line of text.replace(/\r?\n$/, "").split(/\r?\n/)) {
    const end = line.indexOf("=");
    const last = entries.at(-1);
    if (end > 0) entries.push({ name: line.slice(0, end), value: line.slice(end + 1) });
    else if (last !== undefined) last.value += `\n${line}`;
    else entries.push({ name: "text", value: line });
  }
  return entries;
}

/** An object of values by name, or `fields` as a list of `{name, value, label?, type?}` beside what begins with "_". */
function readJson(text: string): Result<PostedBody, HttpError> {
  if (isTooDeep(text)) {
    return err({ code: "malformed_body", message: "The body is nested too deep." });
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return err({ code: "malformed_body", message: "The body is not valid JSON." });
  }
  if (!isObject(body)) {
    return err({ code: "malformed_body", message: "The body is not a JSON object." });
  }
  const { fields, ...rest } = body;
  const isApart = Array.isArray(fields) || isObject(fields);
  const listed = Array.isArray(fields)
    ? fields.flatMap(readField)
    : isObject(fields)
    ? Object.entries(fields).flatMap(([name, value]) => valuesOf(value, name))
    : [];
  const others = Object.entries(isApart ? rest : body).flatMap(([name, value]) =>
    name === "_page" || name === "_captured"
      ? [{ name, value: nameOf(value) }]
      : isApart && !name.startsWith("_") && !/-response$/.test(name)
      ? []
      : valuesOf(value, name)
  );
  return ok({ entries: [...listed, ...others], files: [], isJson: true });
}

/** What is nested beyond any form would need a stack as deep to be read. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  // By hand: a pattern for texts would look through a broken one again from each of its quotes.
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (isInText) {
      if (sign === "\\") at++;
      else if (sign === '"') isInText = false;
    } else if (sign === '"') isInText = true;
    else if (sign === "[" || sign === "{") depth++;
    else if (sign === "]" || sign === "}") depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function readField(field: unknown): readonly PostedEntry[] {
  if (!isObject(field) || typeof field.name !== "string") return [];
  const { label, type } = field;
  return valuesOf(field.value, field.name).map((entry) => ({
    ...entry,
    ...typeof label === "string" && label !== "" ? { label: label.slice(0, 500) } : {},
    ...typeof type === "string" ? { type } : {},
  }));
}

function valuesOf(value: unknown, name: string): readonly PostedEntry[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesOf(one, name));
  if (value === null || value === undefined) return [{ name, value: "" }];
  if (typeof value === "boolean") return [{ name, value: value ? "yes" : "" }];
  return [{ name, value: typeof value === "object" ? JSON.stringify(value) : String(value) }];
}

/** What a script says of a page or a form: its address or name, alone or in an object. */
function nameOf(value: unknown): string {
  const said = isObject(value) ? value.url ?? value.form : value;
  return typeof said === "string" ? said : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function charsetOf(request: Request): string {
  return /charset="?([\w-]+)/i.exec(request.headers.get("content-type") ?? "")?.[1] ?? "utf-8";
}

/** An unknown charset is read as UTF-8. */
function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return new TextDecoder().decode(bytes);
  }
}
