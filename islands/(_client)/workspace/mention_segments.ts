/** Names that are called with "@" in a text. */

export interface MentionSegment {
  readonly text: string;
  readonly isMention: boolean;
}

interface Named {
  readonly name: string;
}

/** Finds whom a text calls. The texts of all segments together are the input. */
export function mentionSegments(
  text: string,
  mentions: readonly Named[],
): readonly MentionSegment[] {
  const calls = callsOf(mentions);
  const segments: MentionSegment[] = [];
  let end = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    if (at < end) continue;
    const call = calls.find((one) => text.startsWith(one, at));
    if (call === undefined) continue;
    if (at > end) segments.push({ text: text.slice(end, at), isMention: false });
    end = at + call.length;
    segments.push({ text: call, isMention: true });
  }
  if (end < text.length) segments.push({ text: text.slice(end), isMention: false });
  return segments;
}

/** Those that a text calls by name: who was taken out of it is not called. */
export function namedIn<T extends Named>(text: string, mentions: readonly T[]): readonly T[] {
  const called = new Set(
    mentionSegments(text, mentions).filter(({ isMention }) => isMention).map(({ text }) => text),
  );
  return mentions.filter(({ name }) => called.has(`@${name}`));
}

/** The longest first: "@Ana Lima" does not call Ana. */
function callsOf(mentions: readonly Named[]): readonly string[] {
  return mentions.map(({ name }) => `@${name}`).toSorted((a, b) => b.length - a.length);
}
