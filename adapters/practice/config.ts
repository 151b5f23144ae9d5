import { z } from "zod";
import { parseTraffic } from "./traffic.ts";

const off = (title: string, help?: string) =>
  z.boolean().default(false).meta({ title, ...help === undefined ? {} : { help } });

/** What practice customers do that tries a program. */
const Misbehaviour = z.strictObject({
  repeats: off("Deliveries come twice", "As after a lost answer: nothing may show twice."),
  shuffles: off("Deliveries come out of order"),
  hostileText: off(
    "Texts that try to break something",
    "Markup, right-to-left and invisible letters, floods of emoji, very long lines.",
  ),
  files: off("They send files"),
  edits: off("They correct and take back what they wrote"),
  reactions: off("They react to replies"),
  silences: off("They fall silent for hours"),
  optOuts: off("Some no longer want to be written to"),
  failures: off("Some replies fail", "For a while, or for good: they can be tried again."),
});

/** Settings of a practice channel. */
export const PracticeConfig = z.strictObject({
  everyMinutes: z.int().min(0).max(10_080).default(5).meta({
    title: "Minutes between customers",
    help: "About so often somebody new writes. 0: nobody by themselves.",
  }),
  answers: z.boolean().default(true).meta({
    title: "They answer back",
    help: "Whoever gets a reply answers it, until all is said.",
  }),
  answerSeconds: z.int().min(1).max(86_400).default(8).meta({
    title: "Seconds until they answer",
  }),
  typing: z.boolean().default(true).meta({ title: "They show that they are typing" }),
  misbehaviour: Misbehaviour.default(Misbehaviour.parse({})).meta({ title: "Misbehaviour" }),
  replay: z.enum(["off", "sample", "own"]).default("off").meta({
    title: "Recorded traffic",
    help: "Plays once, from the moment it is switched on or changed.",
    labels: { off: "None", sample: "A busy morning in a bicycle shop", own: "My own, below" },
  }),
  traffic: z.string().max(40_000).default("").meta({
    title: "My traffic",
    help:
      'One message a line: {"afterMs": 1500, "from": "Giulia", "text": "Hello"}; afterMs since the line before.',
    widget: "textfile",
  }),
  speed: z.int().min(1).max(1_000).default(10).meta({
    title: "Speed of the traffic",
    help: "1: as it was recorded. 10: ten times as fast.",
  }),
  repeat: z.boolean().default(false).meta({
    title: "Begin the traffic again when it is over",
    advanced: true,
  }),
  seed: z.int().min(0).max(1_000_000).default(1).meta({
    title: "Number of the play",
    help: "The same number and settings give the same customers, who write the same.",
    advanced: true,
  }),
}).superRefine(({ replay, traffic }, context) => {
  const parsed = parseTraffic(traffic);
  const message = !parsed.ok
    ? parsed.error
    : replay === "own" && parsed.value.length === 0
    ? "is empty"
    : null;
  if (message !== null) context.addIssue({ code: "custom", path: ["traffic"], message });
});
export type PracticeConfig = z.infer<typeof PracticeConfig>;
