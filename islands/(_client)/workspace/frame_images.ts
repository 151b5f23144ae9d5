/** What a mail's frame shows and holds back. */
export interface FrameImages {
  readonly blocked: number;
  readonly trackers: number;
  /** Whether remote images are shown: not, because somebody asked, or because their sender's always are. */
  readonly shown: "blocked" | "once" | "sender";
}

export const NO_IMAGES: FrameImages = { blocked: 0, trackers: 0, shown: "blocked" };

/** Reads what the server wrote on the root of a mail's page. */
export function frameImages(data: Readonly<Record<string, string | undefined>>): FrameImages {
  const { blockedImages, trackers, images } = data;
  return {
    blocked: count(blockedImages),
    trackers: count(trackers),
    shown: images === "once" || images === "sender" ? images : "blocked",
  };
}

function count(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? "") ? Number(text) : 0;
}
