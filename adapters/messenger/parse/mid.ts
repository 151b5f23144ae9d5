import { z } from "zod";

/** Meta's id of a message: what it is known by in echoes, receipts, edits and reactions too. */
export const Mid = z.string().regex(/^[\x21-\x7e]{1,400}$/);
