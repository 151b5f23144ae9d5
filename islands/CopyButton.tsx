import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { IconButton } from "./(_components)/IconButton.tsx";

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied: "Copy the address". */
  readonly label: string;
}

/** Copies a text; for two seconds it says that it did. Without script it is not shown. */
export default function CopyButton({ text, label }: CopyButtonProps) {
  const state = useSignal<"waiting" | "ready" | "copied">("waiting");
  useEffect(() => {
    state.value = "ready";
  }, []);
  useEffect(() => {
    if (state.value !== "copied") return;
    const timer = setTimeout(() => state.value = "ready", 2_000);
    return () => clearTimeout(timer);
  }, [state.value]);

  const copy = async () => {
    await navigator.clipboard.writeText(text);
    state.value = "copied";
  };
  const copied = state.value === "copied";
  return (
    <span hidden={state.value === "waiting"}>
      <IconButton
        icon={copied ? "check" : "copy"}
        label={copied ? "Copied" : label}
        size="small"
        iconSize={16}
        onClick={copy}
      />
      <span class="sr" role="status">{copied ? "Copied" : ""}</span>
    </span>
  );
}
