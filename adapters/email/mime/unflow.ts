/**
 * Joins the lines of `format=flowed` text (RFC 3676), keeping quotes quoted. Linear in the text's length.
 * @param deleteSpace the part said `delsp=yes`: the space before a soft break is not part of the text
 */
export function unflow(text: string, deleteSpace: boolean): string {
  const output: string[] = [];
  let paragraph: string[] = [];
  let depth = 0;
  let isOpen = false;

  const close = () => {
    output.push((depth > 0 ? ">".repeat(depth) + " " : "") + paragraph.join(""));
    paragraph = [];
    isOpen = false;
  };

  for (const line of text.split("\n")) {
    const quotes = countQuotes(line);
    const stuffed = line.slice(quotes);
    const content = stuffed.startsWith(" ") ? stuffed.slice(1) : stuffed;
    if (isOpen && quotes !== depth) close();
    const isSignature = content === "-- ";
    if (isOpen && isSignature) close();
    depth = quotes;
    const isFlowed = content.endsWith(" ") && !isSignature;
    paragraph.push(isFlowed && deleteSpace ? content.slice(0, -1) : content);
    isOpen = isFlowed;
    if (!isFlowed) close();
  }
  if (isOpen) close();
  return output.join("\n");
}

function countQuotes(line: string): number {
  let count = 0;
  while (line.charCodeAt(count) === 0x3e) count++;
  return count;
}
