import * as z from "zod/mini";

/** When something in a calendar begins or ends. */
export const InviteTime = z.union([
  /** A moment, epoch ms. */
  z.readonly(z.object({ kind: z.literal("moment"), at: z.number() })),
  /** A whole day, "2026-03-02". */
  z.readonly(z.object({ kind: z.literal("day"), day: z.string() })),
  /** What the clock says wherever one is, or in a zone nobody knows: "2026-03-02T10:00". */
  z.readonly(z.object({ kind: z.literal("clock"), clock: z.string() })),
]);
export type InviteTime = z.infer<typeof InviteTime>;

/** How a meeting repeats; "other" for rules that a few words do not say. */
export const InviteRepeats = z.readonly(z.object({
  unit: z.enum(["day", "week", "month", "year", "other"]),
  /** Every so many of them. */
  every: z.int(),
  /** "MO" … "SU"; of a month with the place in front: "2TU", "-1FR". */
  days: z.readonly(z.array(z.string())),
  until: z.nullable(InviteTime),
  /** How often in all; null: without end, or until then. */
  times: z.nullable(z.int()),
}));
export type InviteRepeats = z.infer<typeof InviteRepeats>;

/** A meeting a mail is about, as its calendar file says. Times are what the file means; zones are those of who looks. */
export const Invite = z.readonly(z.object({
  /** What the mail does with it. "other": it only tells of it. */
  method: z.enum(["request", "cancel", "reply", "other"]),
  title: z.string(),
  start: z.nullable(InviteTime),
  /** The last day itself for whole days. */
  end: z.nullable(InviteTime),
  place: z.string(),
  organiser: z.nullable(z.readonly(z.object({ name: z.string(), address: z.string() }))),
  repeats: z.nullable(InviteRepeats),
  /** Of a reply: who answers, and what. */
  answer: z.nullable(z.readonly(z.object({
    name: z.string(),
    address: z.string(),
    says: z.enum(["accepted", "declined", "tentative", "other"]),
  }))),
  /** Other meetings in the same file. */
  others: z.int(),
}));
export type Invite = z.infer<typeof Invite>;
