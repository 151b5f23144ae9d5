/** Beside a delivery: why only the header of its mail was fetched. */
export const LEFT_OUT_HEADER = "parley-left-out";
export const TOO_LARGE = "too_large";
