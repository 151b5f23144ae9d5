/** Value of a `data-*` attribute that is either there or not (`true` and `false` would be written out). */
export function flag(on: boolean | undefined): "" | undefined {
  return on ? "" : undefined;
}
