import type { CoreError } from "../errors.ts";
import { unreachable } from "../result.ts";
import { type AdminAnswer, AdminCommand } from "./admin_command.ts";
import { ADMIN_WINDOW_MS, isAdminRequest } from "./admin_signature.ts";
import { type AdminContext, runAdminCommand } from "./run_admin_command.ts";

/** Takes signed commands, each signature once. */
export class AdminDesk {
  readonly #context: AdminContext;
  /** Signatures taken, with the time until which they would still be valid. */
  readonly #taken = new Map<string, number>();

  constructor(context: AdminContext) {
    this.#context = context;
  }

  /** Null when the sender does not hold the secret, is too late, or comes a second time. */
  async answer(header: string, body: string): Promise<AdminAnswer | null> {
    const { store } = this.#context;
    const now = store.ports.clock.now();
    for (const [signature, until] of this.#taken) {
      if (until < now) this.#taken.delete(signature);
    }
    if (!await isAdminRequest(store.vault, header, body, now)) return null;
    // Checked after the await: of two at once only one may go on.
    if (this.#taken.has(header)) return null;
    this.#taken.set(header, now + 2 * ADMIN_WINDOW_MS);
    const command = AdminCommand.safeParse(parseJson(body));
    if (!command.success) {
      return {
        ok: false,
        message: "The server does not know this command: is it of this version?",
      };
    }
    return await runForAnswer(this.#context, command.data);
  }
}

/** Runs a command and says in a sentence why it failed. */
export async function runForAnswer(
  context: AdminContext,
  command: AdminCommand,
): Promise<AdminAnswer> {
  const done = await runAdminCommand(context, command);
  return done.ok
    ? { ok: true, report: done.value }
    : { ok: false, message: describeError(done.error) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** An error in words for a terminal. */
export function describeError(error: CoreError): string {
  switch (error.code) {
    case "invalid":
      return error.errors.map(({ path, message }) => `${path} ${message}`).join("; ");
    case "not_found":
      return `There is no such ${error.what}`;
    case "conflict":
    case "unsupported":
    case "window_closed":
    case "opted_out":
      return error.message;
    case "unauthenticated":
    case "forbidden":
      return "Not allowed";
    case "rate_limited":
    case "idempotency_in_flight":
      return `Try again in ${Math.ceil(error.retryAfterMs / 1_000)} s`;
    case "version_conflict":
    case "idempotency_mismatch":
      return "Something changed meanwhile: try again";
    case "too_large":
      return `At most ${error.maxBytes} bytes are taken`;
  }
  unreachable(error);
}
