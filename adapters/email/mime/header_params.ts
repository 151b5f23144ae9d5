import { decodeWords } from "postal-mime";
import { decodeText } from "./charset.ts";

/** A structured header value such as `text/plain; charset=utf-8`. */
export interface ParameterisedValue {
  /** In lower case, without comments. */
  readonly value: string;
  /** Names in lower case; RFC 2231 continuations joined and decoded. The first of equal names counts. */
  readonly params: ReadonlyMap<string, string>;
}

const MAX_LENGTH = 16_384;

/** Takes a Content-Type or Content-Disposition value apart. Never throws: what makes no sense is left out. */
export function parseParameterised(header: string): ParameterisedValue {
  const [first = "", ...rest] = splitAtSemicolons(header.slice(0, MAX_LENGTH));
  const raw = new Map<string, string>();
  for (const item of rest) {
    const equals = item.indexOf("=");
    if (equals < 1) continue;
    const name = item.slice(0, equals).trim().toLowerCase();
    if (name && !raw.has(name)) raw.set(name, unquote(item.slice(equals + 1).trim()));
  }
  return { value: unquote(first.trim()).toLowerCase(), params: joinContinuations(raw) };
}

/** Splits at `;` outside quotes, dropping comments. */
function splitAtSemicolons(text: string): string[] {
  const items: string[] = [];
  let item: string[] = [];
  let isQuoted = false;
  let commentDepth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === "\\" && (isQuoted || commentDepth > 0)) {
      if (commentDepth === 0) item.push(char, text.charAt(i + 1));
      i++;
    } else if (commentDepth > 0) {
      if (char === "(") commentDepth++;
      else if (char === ")") commentDepth--;
    } else if (char === '"') {
      isQuoted = !isQuoted;
      item.push(char);
    } else if (!isQuoted && char === "(" && startsComment(item) && text.includes(")", i)) {
      commentDepth = 1;
    } else if (!isQuoted && char === ";") {
      items.push(item.join(""));
      item = [];
    } else {
      item.push(char);
    }
  }
  items.push(item.join(""));
  return items;
}

/** `filename=a(1).pdf` holds no comment: one only starts after white space or where an item starts. */
function startsComment(item: readonly string[]): boolean {
  const last = item.at(-1);
  return last === undefined || last === " ";
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const end = text.length > 1 && text.endsWith('"') ? text.length - 1 : text.length;
  return text.slice(1, end).replace(/\\(.)/g, "$1");
}

const SECTION = /^([^*]+)\*(\d{1,3})?(\*)?$/;

/** RFC 2231: `name*=charset'language'text`, `name*0=…`, `name*1*=…`. Plain values may hold encoded words. */
function joinContinuations(raw: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  const sections = new Map<string, { order: number; text: string; isEncoded: boolean }[]>();
  for (const [name, text] of raw) {
    const match = SECTION.exec(name);
    if (!match?.[1]) {
      params.set(name, text.includes("=?") ? decodeWords(text) : text);
      continue;
    }
    const list = sections.get(match[1]) ?? [];
    const isEncoded = match[3] === "*" || match[2] === undefined;
    list.push({ order: Number(match[2] ?? 0), text, isEncoded });
    sections.set(match[1], list);
  }
  for (const [name, list] of sections) {
    list.sort((a, b) => a.order - b.order);
    const [, charset, start] = /^([^']*)'[^']*'([\s\S]*)$/.exec(list[0]?.text ?? "") ?? [];
    const bytes: number[] = [];
    list.forEach(({ text, isEncoded }, index) => {
      const body = index === 0 && isEncoded && start !== undefined ? start : text;
      if (isEncoded) percentDecode(body, bytes);
      else for (const byte of new TextEncoder().encode(body)) bytes.push(byte);
    });
    params.set(name, decodeText(new Uint8Array(bytes), charset));
  }
  return params;
}

function percentDecode(text: string, into: number[]): void {
  const encoded = new TextEncoder().encode(text);
  for (let i = 0; i < encoded.length; i++) {
    const byte = encoded[i] ?? 0;
    const code = byte === 0x25
      ? Number.parseInt(String.fromCharCode(encoded[i + 1] ?? 0, encoded[i + 2] ?? 0), 16)
      : Number.NaN;
    if (Number.isNaN(code)) {
      into.push(byte);
    } else {
      into.push(code);
      i += 2;
    }
  }
}
