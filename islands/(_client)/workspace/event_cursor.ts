/**
 * Places in the event stream: `<versionstamp>.<n>`, or a versionstamp alone: after all of its changes. Versionstamps are
 * hex of one length and sort as text.
 */

/** Negative when `a` lies before `b`. */
export function compareCursors(a: string, b: string): number {
  const [stampA, placeA] = split(a);
  const [stampB, placeB] = split(b);
  if (stampA !== stampB) return stampA < stampB ? -1 : 1;
  return placeA === placeB ? 0 : placeA - placeB;
}

/** The later of two; null is none. */
export function laterCursor(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareCursors(a, b) < 0 ? b : a;
}

function split(cursor: string): [stamp: string, place: number] {
  const dot = cursor.lastIndexOf(".");
  if (dot === -1) return [cursor, Infinity];
  const place = Number(cursor.slice(dot + 1));
  return [cursor.slice(0, dot), Number.isInteger(place) ? place : 0];
}
