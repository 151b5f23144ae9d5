import { err, ok, type Result } from "@/core/result.ts";
import type { HttpError } from "./http_error.ts";
import { MAX_BODY_BYTES, readBody } from "./read_body.ts";
import { readMultipart } from "./read_multipart.ts";

const ACCEPTED = ["application/x-www-form-urlencoded", "multipart/form-data"] as const;

/** The fields of a posted form. @param maxBytes of the whole body, files included. */
export async function readForm(
  request: Request,
  maxBytes = MAX_BODY_BYTES,
): Promise<Result<FormData, HttpError>> {
  const type = request.headers.get("content-type") ?? "";
  const [mediaType = ""] = type.toLowerCase().split(";", 1);
  if (!ACCEPTED.some((accepted) => accepted === mediaType.trim())) {
    await request.body?.cancel();
    return err({ code: "unsupported_media_type", accepted: ACCEPTED });
  }
  const body = await readBody(request, maxBytes);
  if (!body.ok) return body;
  if (mediaType.trim() === "multipart/form-data") {
    const form = await readMultipart(body.value, type);
    return form instanceof FormData ? ok(form) : err(UNREADABLE);
  }
  try {
    return ok(await new Response(body.value, { headers: { "content-type": type } }).formData());
  } catch (cause) {
    // A broken encoding; anything else is a bug.
    if (!(cause instanceof TypeError)) throw cause;
    return err(UNREADABLE);
  }
}

const UNREADABLE = { code: "malformed_body", message: "The form cannot be read." } as const;

/** A text field, or "" when it is absent or a file. */
export function formText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** All text values of a name that may come several times (checkboxes). */
export function formTexts(form: FormData, name: string): readonly string[] {
  return form.getAll(name).filter((value) => typeof value === "string");
}
