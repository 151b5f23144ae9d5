import { keys, type Store, transact, type WorkspaceRecord } from "../../store/mod.ts";

/** Says that these data are a demo's, which turns its shop page on. @throws Error when there is no workspace */
export async function markAsDemo(
  store: Store,
  channels: Pick<WorkspaceRecord, "demoChannelId" | "demoPracticeChannelId" | "demoFormChannelId">,
): Promise<void> {
  await transact(store, async (tx) => {
    const workspace = await tx.get(keys.workspace());
    if (workspace === null) throw new Error("Cannot mark as demo: there is no workspace");
    tx.set(keys.workspace(), { ...workspace, ...channels });
  });
}
