/** Places in the event stream: `<versionstamp>.<n>`; versionstamps are hex of one length and sort as text. */

/** Negative when `a` lies before `b`. A cursor that cannot be read counts as the beginning. */
export function compareCursors(a: string, b: string): number {
  const [stampA, placeA] = split(a);
  const [stampB, placeB] = split(b);
  if (stampA !== stampB) return stampA < stampB ? -1 : 1;
  return placeA - placeB;
}

/** The later of two; null is none. */
export function laterCursor(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareCursors(a, b) < 0 ? b : a;
}

function split(cursor: string): [stamp: string, place: number] {
  const dot = cursor.lastIndexOf(".");
  if (dot === -1) return [cursor, 0];
  const place = Number(cursor.slice(dot + 1));
  return [cursor.slice(0, dot), Number.isInteger(place) ? place : 0];
}
