import { formText } from "../../(_shared)/read_form.ts";
import { valueAt, withValueAt } from "../(_form)/config_value.ts";

/** More than any form asks for. */
const MAX_ASKED = 5;

/** Name of the form field of the secret that is asked for as the `i`th. */
export function secretFieldName(i: number): string {
  return `secret.${i}`;
}

/** Name of the hidden field that says where in the config it belongs: dotted paths, with spaces between. */
export function pathsFieldName(i: number): string {
  return `secret.${i}.paths`;
}

/**
 * Puts secrets that were typed in once where they belong.
 * @param known dotted paths of the type's secrets: no other field can be written this way
 * @param isReplacing also where the config holds one already
 */
export function withAskedSecrets(
  config: Readonly<Record<string, unknown>>,
  form: FormData,
  { known, isReplacing }: { readonly known: readonly string[]; readonly isReplacing: boolean },
): Readonly<Record<string, unknown>> {
  let filled = config;
  for (let i = 0; i < MAX_ASKED; i++) {
    const secret = formText(form, secretFieldName(i));
    if (secret === "") continue;
    for (const path of formText(form, pathsFieldName(i)).split(" ")) {
      if (!known.includes(path)) continue;
      if (isReplacing || valueAt(filled, path) === undefined) {
        filled = withValueAt(filled, path, secret);
      }
    }
  }
  return filled;
}
