import type { View } from "../model/view.ts";

/** Between two neighbours that were just numbered. */
const STEP = 1_024;

/** A view and where it stands from now on. */
export interface Placed {
  readonly id: string;
  readonly position: number;
}

/**
 * Where a view goes so that it stands behind another one; with no room left in between, all are numbered anew.
 * @param others all other views in their order. @param afterId null for the first place.
 * @returns what changes, the view itself last; null when there is no such other view.
 */
export function placeView(
  id: string,
  afterId: string | null,
  others: readonly Pick<View, "id" | "position">[],
): readonly Placed[] | null {
  const at = afterId === null ? 0 : others.findIndex((one) => one.id === afterId) + 1;
  if (afterId !== null && at === 0) return null;
  const before = others[at - 1]?.position;
  const behind = others[at]?.position;
  if (before === undefined && behind === undefined) return [{ id, position: STEP }];
  if (behind === undefined) return [{ id, position: (before ?? 0) + STEP }];
  const position = before === undefined ? behind - STEP : (before + behind) / 2;
  if (position < behind && (before === undefined || position > before)) return [{ id, position }];
  const inOrder = others.map((one) => one.id).toSpliced(at, 0, id);
  return inOrder.map((one, n) => ({ id: one, position: (n + 1) * STEP }))
    .sort((a, b) => Number(a.id === id) - Number(b.id === id));
}
