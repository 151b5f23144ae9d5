/**
 * Mail as bytes → a tree of parts and decoded text. Knows MIME (RFC 2045–2049, 2231, 3676) and nothing of Parley.
 * Written here because mail is hostile: every step is linear, bounded and total, and keeps what a damaged mail still says.
 * @module
 */
export { decodeText, isVague } from "./charset.ts";
export { metaCharset } from "./meta_charset.ts";
export { fieldValue, fieldValues, type HeaderField, readHeader } from "./header_fields.ts";
export { parseParameterised } from "./header_params.ts";
export { mergeEncodedWords } from "./merge_encoded_words.ts";
export {
  type MimeLimits,
  type MimePart,
  type MimeProblem,
  type ParsedMime,
  parseMime,
} from "./parse_mime.ts";
export { decodeTransfer } from "./transfer_decoding.ts";
export { unflow } from "./unflow.ts";
