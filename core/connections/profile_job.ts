import type { Profile } from "../channel/mod.ts";
import type { Channels } from "../channels/mod.ts";
import { clip } from "../clip.ts";
import { RENAME_JOB } from "../contacts/mod.ts";
import type { CoreContext } from "../context.ts";
import type { JobHandler } from "../jobs/mod.ts";
import { keys, type Store, transact } from "../store/mod.ts";
import { SYSTEM } from "../model/change.ts";

const MAX_NAME = 200;

/**
 * The handler of the profile job: asks the provider who a customer is, and gives their contact the name if it has none
 * by then. What people of the team wrote stays.
 */
export function createProfiler(context: CoreContext, channels: Pick<Channels, "open">): JobHandler {
  const { store, ports } = context;

  return async function look(job, run) {
    const { contactId, channelId, value } = job.payload;
    const contact = await store.get(keys.contact(String(contactId)));
    const opened = await channels.open(String(channelId));
    if (contact === null || contact.name !== "" || !opened.ok) return;
    const { adapter: { profile }, view, io, redact } = opened.value;
    if (profile === undefined) return;
    const identity = { kind: profile.identityKind, value: String(value) };
    const found = await profile.fetch(identity, view, io(run.signal));
    if (found.ok) return await name(store, contact.id, found.value);
    const { code, message } = found.error;
    // Runs again later, less and less often.
    if (code === "unavailable") throw new Error(redact(message));
    ports.log("info", "profile not told", { channelId, reason: redact(message) });
  };
}

async function name(store: Store, id: string, profile: Profile): Promise<void> {
  const told = clip((profile.name ?? "").trim(), MAX_NAME);
  if (told === "") return;
  await transact(store, async (tx) => {
    const contact = await tx.get(keys.contact(id));
    if (contact === null || contact.name !== "") return;
    tx.set(keys.contact(id), { ...contact, name: told, updatedAt: tx.now });
    tx.emit({ type: "contact.updated", actor: SYSTEM, contactId: id, changed: ["name"] });
    tx.job({ kind: RENAME_JOB, payload: { contactId: id }, dueAt: tx.now });
  });
}
