import { Skeleton } from "./Skeleton.tsx";

/** A conversation row that is still on its way, at its final height. */
export function SkeletonRow() {
  return (
    <div class="row" aria-hidden="true">
      <span class="skeleton" data-shape="circle" />
      <div class="row-line">
        <Skeleton width="short" />
      </div>
      <div class="row-line">
        <Skeleton width="middle" />
      </div>
      <div class="row-line">
        <Skeleton width="long" />
      </div>
    </div>
  );
}
