import type { ShownImageType } from "./shown_image_type.ts";

/**
 * How many pixels an image says it has: a few kilobytes may unfold to gigabytes in the browser of whoever looks.
 * @param head its first bytes; 256 KiB reach past whatever cameras put in front
 * @returns null when it does not say
 */
export function imagePixels(head: Uint8Array, type: ShownImageType): number | null {
  const size = sizeOf(new DataView(head.buffer, head.byteOffset, head.byteLength), type);
  return size === null || size.width < 1 || size.height < 1 ? null : size.width * size.height;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf(view: DataView, type: ShownImageType): Size | null {
  switch (type) {
    case "image/png":
      return view.byteLength < 24
        ? null
        : { width: view.getUint32(16), height: view.getUint32(20) };
    case "image/gif":
      return view.byteLength < 10
        ? null
        : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case "image/jpeg":
      return jpegSize(view);
    case "image/webp":
      return webpSize(view);
    case "image/avif":
      return avifSize(view);
  }
}

/** Walks over the segments to the frame's header. */
function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + Math.max(view.getUint16(at + 2), 2);
  }
  return null;
}

function webpSize(view: DataView): Size | null {
  if (view.byteLength < 30) return null;
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (kind === "VP8X") return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (kind === "VP8 ") {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (kind !== "VP8L") return null;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** The largest of the boxes "ispe" (image spatial extents), one for each image in the file. */
function avifSize(view: DataView): Size | null {
  let largest: Size | null = null;
  for (let at = 0; at + 16 <= view.byteLength; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (size.width * size.height > (largest?.width ?? 0) * (largest?.height ?? 0)) largest = size;
  }
  return largest;
}
