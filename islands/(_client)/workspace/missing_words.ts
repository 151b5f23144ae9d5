/** Why a file is not here, as short as its card. */
const WORDS = new Map<string | undefined, string>(Object.entries({
  unavailable: "Not reached",
  rate_limited: "Provider was too busy",
  expired: "No longer available",
  unauthorized: "Access refused",
  refused: "Address not allowed",
  too_large: "Too large",
  unusable: "Not usable",
  rejected: "Not given out",
  empty: "Came empty",
  gone: "Its channel is gone",
}));

/** @param code of the file's error; a code of a later version is not known here */
export function missingWords(code: string | undefined): string {
  return WORDS.get(code) ?? "Could not be loaded";
}
