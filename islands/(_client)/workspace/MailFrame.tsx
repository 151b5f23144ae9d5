import { useEffect, useRef } from "preact/hooks";
import { type FrameImages, frameImages } from "./frame_images.ts";
import { lendFonts } from "./lend_fonts.ts";

export interface MailFrameProps {
  readonly messageId: string;
  /** For screen readers: "Mail from Giulia Ferrari". */
  readonly title: string;
  /** Remote images are asked for; else as was said of the sender. */
  readonly showsImages: boolean;
  /** The sender's images are to be shown always; the server knows whether they may be. */
  readonly isTrusted: boolean;
  /** Told when the frame has loaded. */
  readonly onImages: (images: FrameImages) => void;
}

/** Heights of frames seen before, so that a thread opens without jumping. */
const heights = new Map<string, number>();
const MAX_HEIGHTS = 500;

/** A mail's HTML in a frame that cannot run anything and is as high as its content. */
export function MailFrame(
  { messageId, title, showsImages, isTrusted, onImages }: MailFrameProps,
) {
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const known = heights.get(messageId);
    if (known !== undefined) element.style.height = `${known}px`;
    let end = () => {};
    const fit = () => {
      end();
      end = fitToContent(element, messageId);
      if (element.contentDocument !== null) {
        lendFonts(element.contentDocument);
        onImages(frameImages(element.contentDocument.documentElement.dataset));
      }
    };
    element.addEventListener("load", fit);
    // Rendered by the server, it may have loaded before this ran.
    if (
      element.contentDocument?.readyState === "complete" &&
      element.contentDocument.URL !== "about:blank"
    ) fit();
    return () => {
      element.removeEventListener("load", fit);
      end();
    };
  }, [messageId, showsImages, isTrusted]);

  return (
    <iframe
      // The same address with another page behind it.
      key={isTrusted ? "trusted" : "asked"}
      ref={frame}
      class="mail-frame"
      // Same origin so that its height can be measured; without scripts nothing in it can use that.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      src={`/api/v1/messages/${encodeURIComponent(messageId)}/html?images=${
        showsImages ? "1" : "auto"
      }`}
      title={title}
    />
  );
}

/** Follows the height of the content: images come later, quotes unfold. @returns what ends it. */
function fitToContent(frame: HTMLIFrameElement, messageId: string): () => void {
  const body = frame.contentDocument?.body;
  if (!body) return () => {};
  const fit = () => {
    const root = body.ownerDocument.documentElement;
    const height = Math.ceil(Math.max(body.getBoundingClientRect().bottom, root.offsetHeight));
    // A wide table scrolls inside the frame, and its scrollbar needs room.
    const scrollbar = root.scrollWidth > root.clientWidth ? 16 : 0;
    frame.style.height = `${height + scrollbar}px`;
    if (heights.size >= MAX_HEIGHTS) heights.clear();
    heights.set(messageId, height + scrollbar);
  };
  fit();
  const observer = new ResizeObserver(fit);
  observer.observe(body);
  return () => observer.disconnect();
}
