/**
 * What is in a delivery: bytes in, events out. Pure; it never throws, whatever the bytes are.
 * @module
 */
export { pagesIn } from "./delivery.ts";
export { parseDelivery } from "./parse_delivery.ts";
