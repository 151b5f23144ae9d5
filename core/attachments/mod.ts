/**
 * Files of messages and people: uploaded, owned by one record, served by signed address. Bytes live in the store's blobs.
 * @module
 */
export {
  type Attachments,
  createAttachments,
  type FileInput,
  isFreeUpload,
  MAX_FILE_BYTES,
  type OpenedFile,
  signFile,
  type Uploader,
} from "./attachments.ts";
export { inlineImageType } from "./inline_image_type.ts";
export { safeFileName } from "./safe_file_name.ts";
export { safeMediaType } from "./safe_media_type.ts";
