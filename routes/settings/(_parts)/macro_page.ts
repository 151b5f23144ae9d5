import type { HttpError } from "../../(_shared)/http_error.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import type { State } from "../../(_shared)/define.ts";
import { foldersOf } from "./FolderField.tsx";
import { MACRO_LABELS, macroFieldOf, type MacroValues } from "./macro_form.ts";
import { must } from "./must.ts";
import { settingsFrame, userWho } from "./settings_frame.ts";
import { sharingOptions } from "./sharing_field.ts";

/** What the form of a macro chooses from. */
export async function macroPageData(
  state: State,
  values: MacroValues,
  problem: FormProblem | null,
) {
  const { core } = state;
  const principal = userWho(state, "snippet.write");
  const users = must(await core.access.users(principal));
  const teams = must(await core.teams.list(principal));
  const inboxes = must(await core.inboxes.list(principal));
  return {
    frame: await settingsFrame(state),
    values,
    problem,
    folders: foldersOf(must(await core.macros.list(principal))),
    sharings: sharingOptions(principal, teams),
    people: users.filter(({ active, role }) => active && role !== "viewer")
      .map(({ id, name }) => ({ id, name })),
    teams: teams.map(({ id, name }) => ({ id, name })),
    inboxes: inboxes.map(({ id, name }) => ({ id, name })),
  };
}

/** A refused macro, each error beside the field it came from. */
export function macroProblem(error: HttpError, values: MacroValues): FormProblem {
  const placed = error.code !== "invalid" ? error : {
    ...error,
    errors: error.errors.map(({ path, message }) => ({
      path: macroFieldOf(path, values),
      message,
    })),
  };
  return formProblem(placed, { ...MACRO_LABELS, actions: MACRO_LABELS.text });
}
