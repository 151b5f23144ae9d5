/**
 * Images that mails load from other servers. Knows addresses and bytes, nothing of mails: whoever shows one has its
 * images' addresses signed, and a browser gets them from here. One flow: `sign` → the browser asks → `open` → fetched
 * through the guard of `core/channels`, once, and kept for a day.
 * @module
 */
export { createRemoteImages, type OpenedImage, type RemoteImages } from "./images.ts";
