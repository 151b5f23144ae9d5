import { z } from "zod";
import type { Io, SetupStep } from "../../../core/channel/mod.ts";
import type { PageAccess } from "../access.ts";
import { callGraph } from "../meta/mod.ts";
import { failedStep } from "./failed_step.ts";

/** What its step is called. */
export const RECEIVER_TITLE = "Which app answers first";
const Apps = z.object({
  data: z.array(z.object({ id: z.string(), name: z.string().catch("") })),
});
const WHERE_TO_CHANGE =
  "In the Page's settings, “Advanced messaging” or “Conversation routing”, choose this app as the default.";

/**
 * Whether another app is the Page's primary receiver (default app): it then gets the messages first, and ours come to
 * look at only. Facebook tells the other apps of a Page to the primary one alone.
 */
export async function testReceiver(access: PageAccess, io: Io): Promise<SetupStep> {
  const path = `${encodeURIComponent(access.pageId)}/secondary_receivers`;
  const query = { fields: "id,name" };
  const asked = await callGraph({ method: "GET", path, query }, access, io);
  if (asked.ok) {
    const others = Apps.safeParse(asked.value).data?.data ?? [];
    const names = others.map(({ id, name }) => name || id).join(", ");
    return others.length === 0
      ? { title: RECEIVER_TITLE, ok: true, detail: "This app: no other one takes part." }
      : {
        title: RECEIVER_TITLE,
        ok: true,
        detail: `This app. Others listen and can take a conversation over: ${names}.`,
      };
  }
  if (asked.error.code !== "permission") return failedStep(RECEIVER_TITLE, asked.error);
  return {
    title: RECEIVER_TITLE,
    ok: true,
    isWarning: true,
    detail:
      "Another app: it answers conversations first. Messages still come in here, marked, and get no automatic reply; Facebook " +
      `may refuse your team's answers while the other app has the conversation. ${WHERE_TO_CHANGE}`,
  };
}
