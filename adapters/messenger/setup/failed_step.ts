import type { SendError, SetupStep } from "../../../core/channel/mod.ts";
import { connectionError } from "./connection.ts";

/** A step of the doctor in which Facebook did not answer, or refused. */
export function failedStep(title: string, error: SendError): SetupStep {
  const { code, message, provider } = connectionError(error);
  return {
    title,
    ok: false,
    detail: provider === undefined ? message : `${message} (${provider})`,
    ...code === "unavailable" && { isPassing: true as const },
  };
}
