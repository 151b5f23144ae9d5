import type { ApiReplyDefaults } from "../../../core/model/api.ts";
import { everybody, type Recipients } from "./recipients.ts";
import type { Standstill } from "./window_words.ts";

/**
 * Why a reply by mail cannot be sent as it is, and what can be done; null when it can, or while nobody knows.
 * @param chosen by its author; null: as the thread has it
 * @param name first name of the customer
 */
export function letterStandstill(
  defaults: ApiReplyDefaults | null,
  chosen: Recipients | null,
  name: string,
): Standstill | null {
  if (defaults === null) return null;
  if (defaults.problem !== undefined) {
    return {
      icon: "warning",
      title: "There is no way to answer",
      text: `${defaults.problem}.`,
      hasTemplates: false,
    };
  }
  const { to } = chosen ?? everybody(defaults);
  if (to.length > 0 || defaults.sender.length > 0) return null;
  return {
    icon: "warning",
    title: `${name} left no email address`,
    text: "Write one into “To” to answer by mail, or comment for your team.",
    hasTemplates: false,
  };
}
