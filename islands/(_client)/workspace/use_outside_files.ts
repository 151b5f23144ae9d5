/** Files that are dropped anywhere over the thread, or pasted while nothing is being written. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/**
 * @param place something in the thread
 * @param onFiles told of each drop and paste with files in it
 * @returns whether files are held over the thread
 */
export function useOutsideFiles(
  place: RefObject<HTMLElement>,
  onFiles: (files: readonly File[]) => void,
): boolean {
  const isOver = useSignal(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const thread = place.current?.closest<HTMLElement>("main") ?? place.current;
    if (thread === null) return;
    const ending = new AbortController();
    const { signal } = ending;
    const take = (event: Event, files: FileList | undefined) => {
      if (files === undefined || files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current([...files]);
    };
    thread.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      isOver.value = true;
    }, { signal, capture: true });
    thread.addEventListener("dragleave", (event) => {
      const isInside = event.relatedTarget instanceof Node && thread.contains(event.relatedTarget);
      if (!isInside) isOver.value = false;
    }, { signal });
    // Before the editor, which would make words of them.
    thread.addEventListener("drop", (event) => {
      isOver.value = false;
      take(event, event.dataTransfer?.files);
    }, { signal, capture: true });
    document.addEventListener("paste", (event) => {
      if (!event.defaultPrevented && !isWriting(event.target)) {
        take(event, event.clipboardData?.files);
      }
    }, { signal });
    return () => ending.abort();
  }, []);
  return isOver.value;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, input, select"));
}
