import { z } from "zod";

/** The form in which an address is stored and compared: trimmed, lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** An address typed by a person, normalised. */
export const EmailInput = z.string().max(254, "is too long").transform(normalizeEmail).pipe(
  z.email("is not an email address"),
);
