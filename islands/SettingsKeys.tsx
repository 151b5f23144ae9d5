import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SettingsPlace } from "./(_components)/SettingsNav.tsx";
import { after } from "./(_client)/keys/after.ts";
import { listenToKeys } from "./(_client)/keys/listen_to_keys.ts";
import { lazyPart } from "./(_client)/workspace/lazy_part.tsx";

const SettingsBar = lazyPart(
  () => import("./(_client)/command_bar/SettingsBar.tsx").then((file) => file.SettingsBar),
  { failure: "toast" },
);

export interface SettingsKeysProps {
  readonly userId: string;
  /** Pages the person may open. */
  readonly places: readonly SettingsPlace[];
}

/** The keyboard on pages that are not the workspace: the command bar, and the way back to the inbox. */
export default function SettingsKeys({ userId, places }: SettingsKeysProps) {
  const isOpen = useSignal(false);
  useEffect(() => {
    const commands = [
      { keys: ["Mod+k"], run: () => isOpen.value = true },
      { keys: ["g", "i"], run: () => location.assign("/inbox") },
    ];
    return listenToKeys({
      commands,
      isPossible: () => true,
      run: (command) => command.run(),
      after,
    });
  }, []);
  if (!isOpen.value) return null;
  return <SettingsBar userId={userId} places={places} onClose={() => isOpen.value = false} />;
}
