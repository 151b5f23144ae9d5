/** Whether an IP address lies in a range that is not the public internet: loopback, private, link-local, reserved. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").toLowerCase();
  const v4 = parseV4(plain);
  if (v4 !== null) return isPrivateV4(v4);
  const v6 = parseV6(plain);
  // What is no address cannot be shown to be public.
  if (v6 === null) return true;
  const mapped = mappedV4(v6);
  if (mapped !== null) return isPrivateV4(mapped);
  const [first = 0, second = 0] = v6;
  if (v6.every((group, i) => group === (i === 7 ? v6[7] : 0)) && (v6[7] ?? 0) <= 1) return true;
  return (first & 0xfe00) === 0xfc00 || // unique local
    (first & 0xffc0) === 0xfe80 || // link-local
    (first & 0xffc0) === 0xfec0 || // site-local
    (first & 0xff00) === 0xff00 || // multicast
    (first === 0x2001 && second === 0xdb8) || // documentation
    (first === 0x64 && second === 0xff9b && v6[2] === 1); // local NAT64
}

function parseV4(address: string): readonly number[] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (match === null) return null;
  const parts = match.slice(1);
  // "012" is ten to some and twelve to others: an address that may be read in two ways is none.
  if (parts.some((part) => part.length > 1 && part.startsWith("0"))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function isPrivateV4([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  return a === 0 || a === 10 || a === 127 || a >= 224 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && (c === 0 || c === 2)) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113);
}

function parseV6(address: string): readonly number[] | null {
  const zoneless = address.split("%", 1)[0] ?? "";
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(zoneless);
  const v4 = tail === null ? null : parseV4(tail[2] ?? "");
  if (tail !== null && v4 === null) return null;
  const [x = 0, y = 0, z = 0, w = 0] = v4 ?? [];
  const text = tail === null
    ? zoneless
    : `${tail[1]}${((x << 8) | y).toString(16)}:${((z << 8) | w).toString(16)}`;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const groups = halves.map((half) => half === "" ? [] : half.split(":"));
  const [left = [], right = []] = groups;
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...left, ...Array<string>(halves.length === 1 ? 0 : missing).fill("0"), ...right];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return all.map((group) => parseInt(group, 16));
}

/** The IPv4 address inside a mapped, compatible, translated or 6to4 one. */
function mappedV4(v6: readonly number[]): readonly number[] | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = v6;
  const low = [g >> 8, g & 255, h >> 8, h & 255];
  const isZero = a === 0 && b === 0 && c === 0 && d === 0;
  if (isZero && e === 0 && f === 0xffff) return low;
  if (isZero && e === 0xffff && f === 0) return low;
  if (isZero && e === 0 && f === 0 && (g !== 0 || h > 1)) return low;
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0) return low;
  if (a === 0x2002) return [b >> 8, b & 255, c >> 8, c & 255];
  return null;
}
