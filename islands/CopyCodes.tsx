import { useEffect } from "preact/hooks";

/**
 * Makes the buttons with `data-copy` work that came with a page outside of any island: they are hidden until a script
 * runs, and copy what the attribute holds.
 */
export default function CopyCodes() {
  useEffect(() => {
    const buttons = document.querySelectorAll<HTMLButtonElement>("button[data-copy]");
    const onClick = async ({ currentTarget }: Event) => {
      if (!(currentTarget instanceof HTMLButtonElement)) return;
      await navigator.clipboard.writeText(currentTarget.dataset.copy ?? "");
      currentTarget.title = "Copied";
      currentTarget.setAttribute("aria-label", "Copied");
    };
    for (const button of buttons) {
      button.hidden = false;
      button.addEventListener("click", onClick);
    }
  }, []);
  return null;
}
