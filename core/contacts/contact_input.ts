/** What people type about a contact, checked. */
import { z } from "zod";
import { EmailInput } from "../access/mod.ts";
import { MAX_NAME } from "./provider_name.ts";

/** More than these nobody types in; a provider may still know more. */
const MAX_ADDRESSES = 50;
/** A commit checks each address it takes, and has ten checks. */
export const MAX_NEW_ADDRESSES = 5;

/** One line; null and the empty one take it away. */
function lineInput(max: number) {
  return z.string().transform((line) => line.replace(/\s+/g, " ").trim()).pipe(
    z.string().max(max, `takes ${max} characters at most`)
      // deno-lint-ignore no-control-regex -- control characters are what is refused
      .regex(/^[^\u0000-\u001f\u007f]*$/, "takes no control characters"),
  );
}

const PhoneInput = z.string().transform((phone) => phone.replace(/[\s().-]/g, "")).pipe(
  z.string().regex(/^\+?\d{3,20}$/, "is not a phone number"),
);

function listOf<S extends z.ZodType<string>>(address: S) {
  return z.array(address).max(MAX_ADDRESSES, `takes ${MAX_ADDRESSES} at most`).readonly()
    .transform((all) => [...new Set(all)]);
}

/** What may be changed about a contact; absent fields stay, null takes away. */
export const ContactPatch = z.object({
  name: lineInput(MAX_NAME).optional(),
  /** All they are to have. */
  emails: listOf(EmailInput).optional(),
  phones: listOf(PhoneInput).optional(),
  company: lineInput(200).nullable().optional(),
  ownerId: z.string().nullable().optional(),
  locale: z.string().max(35, "is too long").refine(isLocale, "is not a language").nullable()
    .optional(),
  timeZone: z.string().max(60, "is too long").refine(isTimeZone, "is not a time zone").nullable()
    .optional(),
  blocked: z.boolean().optional(),
  /** Addresses that stay marked as bad; the others are lifted. */
  badEmails: z.array(z.string()).readonly().optional(),
  /** Addresses whose remote images are always shown. */
  imagesFrom: z.array(z.string()).readonly().optional(),
});
export type ContactPatch = z.input<typeof ContactPatch>;

/** Somebody new: a name, or an address. */
export const ContactInput = ContactPatch.omit({ badEmails: true, imagesFrom: true, blocked: true })
  .refine(
    ({ name = "", emails = [], phones = [] }) =>
      name !== "" || emails.length > 0 || phones.length > 0,
    {
      path: ["name"],
      error: "is needed, or an address",
    },
  );
export type ContactInput = z.input<typeof ContactInput>;

function isLocale(tag: string): boolean {
  if (tag === "") return true;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  if (name === "") return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
