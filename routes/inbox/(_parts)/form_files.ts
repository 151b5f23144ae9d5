import { ok, type Result } from "@/core/result.ts";
import type { State } from "../../(_shared)/define.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import type { UserPrincipal } from "../../settings/(_parts)/settings_frame.ts";

/** Keeps the files of a form as uploads of its author; their ids. Errors: too_large. */
export async function formFiles(
  core: State["core"],
  principal: UserPrincipal,
  form: FormData,
): Promise<Result<readonly string[], HttpError>> {
  const ids: string[] = [];
  for (const file of form.getAll("files")) {
    // A field in which nothing was chosen holds an empty file.
    if (!(file instanceof File) || file.size === 0) continue;
    const stored = await core.attachments.upload({ kind: "principal", principal }, {
      name: file.name,
      type: file.type,
      bytes: new Uint8Array(await file.arrayBuffer()),
    });
    if (!stored.ok) return stored;
    ids.push(stored.value.id);
  }
  return ok(ids);
}
