import { type Delivery, joinBytes } from "../../../core/channel/mod.ts";
import { decodeText, parseMime, parseParameterised } from "../mime/mod.ts";

/** One field of a posted form, its bytes untouched: providers send text in any charset. */
export interface FormField {
  readonly name: string;
  readonly fileName: string | null;
  /** Such as "text/plain", in lower case. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LIMITS = { maxDepth: 1, maxParts: 2_000, maxHeaderBytes: 1 << 20 };

/**
 * The fields of a form, in order: multipart/form-data or application/x-www-form-urlencoded, told by the content type
 * with its parameters. Never throws; what is no form has no fields.
 */
export function formFields(
  delivery: Pick<Delivery, "headers" | "body">,
): readonly FormField[] {
  const contentType = delivery.headers["content-type"] ?? "";
  const { value } = parseParameterised(contentType);
  if (value === "application/x-www-form-urlencoded") return urlencoded(delivery.body);
  if (value !== "multipart/form-data") return [];
  const head = new TextEncoder().encode(`Content-Type: ${contentType}\r\n\r\n`);
  const whole = joinBytes([head, delivery.body]);
  return parseMime(whole, LIMITS).root.parts.flatMap(({ fields, type, body }) => {
    const header = fields.find((field) => field.name === "content-disposition")?.value ?? "";
    const { params } = parseParameterised(header);
    const name = params.get("name");
    const fileName = params.get("filename") ?? null;
    return name === undefined ? [] : [{ name, fileName, type, bytes: body }];
  });
}

/** The last field of a name: a provider adds its own after those that the mail's sender can choose. */
export function lastField(fields: readonly FormField[], name: string): FormField | null {
  return fields.findLast((field) => field.name === name && field.fileName === null) ?? null;
}

/** Its text, or null without one. @param charset UTF-8 or, when that makes no sense, windows-1252 without one */
export function lastText(
  fields: readonly FormField[],
  name: string,
  charset?: string,
): string | null {
  const field = lastField(fields, name);
  return field === null ? null : decodeText(field.bytes, charset);
}

/** JSON of a field; undefined when it is missing or none. */
export function lastJson(fields: readonly FormField[], name: string): unknown {
  return parseJson(lastText(fields, name) ?? "");
}

/** What a text says as JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const AMPERSAND = 38;
const EQUALS = 61;
const PERCENT = 37;
const PLUS = 43;
const SPACE = 32;

function urlencoded(body: Uint8Array<ArrayBuffer>): readonly FormField[] {
  const fields: FormField[] = [];
  for (let start = 0; start < body.length && fields.length < LIMITS.maxParts;) {
    const found = body.indexOf(AMPERSAND, start);
    const end = found < 0 ? body.length : found;
    const pair = body.subarray(start, end);
    const equals = pair.indexOf(EQUALS);
    const name = equals < 0 ? pair : pair.subarray(0, equals);
    const value = equals < 0 ? pair.subarray(pair.length) : pair.subarray(equals + 1);
    if (name.length > 0) {
      const decoded = new TextDecoder().decode(percentDecoded(name));
      fields.push({
        name: decoded,
        fileName: null,
        type: "text/plain",
        bytes: percentDecoded(value),
      });
    }
    start = end + 1;
  }
  return fields;
}

function percentDecoded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const decoded = new Uint8Array(bytes.length);
  let size = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const high = byte === PERCENT ? hexDigit(bytes[i + 1]) : -1;
    const low = byte === PERCENT ? hexDigit(bytes[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      decoded[size++] = high * 16 + low;
      i += 2;
    } else decoded[size++] = byte === PLUS ? SPACE : byte;
  }
  return decoded.slice(0, size);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  const digit = parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
}
