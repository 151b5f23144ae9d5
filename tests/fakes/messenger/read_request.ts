/** Reads what is posted to the Graph API: JSON, a form, or a form with a file. */
import type { SendRequest } from "./send_api.ts";

/** @throws when the body is not what its type says */
export async function readRequest(request: Request): Promise<SendRequest> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/json")) return { fields: await request.json(), file: null };
  const form = await request.formData();
  const fields: Record<string, unknown> = {};
  let file: File | null = null;
  for (const [name, value] of form) {
    if (value instanceof File) file = value;
    else fields[name] = /^[[{]/.test(value) ? JSON.parse(value) : value;
  }
  return { fields, file };
}
