import type { FormPlace } from "./form_place.ts";
import { FRAME_MESSAGE, type FrameMessage } from "./frame_message.ts";

/** Before the form tells how high it is. */
const FIRST_HEIGHT = 480;

/** Puts the hosted form into an element of the page: a frame as high as what it shows. */
export function showForm(place: FormPlace, holder: HTMLElement): void {
  const frame = document.createElement("iframe");
  const url = new URL(place.url);
  url.searchParams.set("embed", "1");
  frame.src = url.href;
  frame.title = holder.title || "Form";
  // Set one by one: a policy of the page may refuse a style attribute, never these.
  Object.assign(frame.style, {
    display: "block",
    width: "100%",
    height: `${FIRST_HEIGHT}px`,
    border: "0",
    background: "none",
    colorScheme: "auto",
  });
  addEventListener("message", ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || origin !== place.origin || !isFrameMessage(data)) return;
    frame.style.height = `${Math.ceil(data.height)}px`;
    if (data.title !== "") frame.title = data.title;
    if (!data.isAnswer) return;
    // What was sent is answered at the top of the frame, which may be out of sight by now.
    if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    if (data.isSent) holder.dispatchEvent(new CustomEvent("parley:sent", { bubbles: true }));
  });
  holder.replaceChildren(frame);
}

function isFrameMessage(data: unknown): data is FrameMessage {
  return typeof data === "object" && data !== null && "type" in data &&
    data.type === FRAME_MESSAGE && "height" in data && typeof data.height === "number" &&
    "title" in data && typeof data.title === "string";
}
