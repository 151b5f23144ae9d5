import { richHtml } from "./rich_html.ts";
import type { RichNode } from "./rich_node.ts";

/** Where a picture that comes along can be looked at, by what it is called after "cid:"; null when it is gone. */
export type PictureUrl = (cid: string) => string | null;

/** Nodes as elements, made one by one: nothing of what they were read from gets into the page. */
export function richFragment(
  page: Document,
  nodes: readonly RichNode[],
  pictureUrl: PictureUrl,
): DocumentFragment {
  const fragment = page.createDocumentFragment();
  for (const node of nodes) {
    if (typeof node === "string") fragment.append(node);
    else if (node.tag === "img") fragment.append(...pictureOf(page, node.attributes, pictureUrl));
    else {
      // The editor drops elements it does not know, "mark" among them; "bdi" is meant for names.
      const made = page.createElement(node.tag === "mark" ? "bdi" : node.tag);
      for (const [name, value] of Object.entries(node.attributes)) made.setAttribute(name, value);
      made.append(richFragment(page, node.children, pictureUrl));
      fragment.append(made);
    }
  }
  return fragment;
}

function pictureOf(
  page: Document,
  { src = "", alt = "", width }: Readonly<Record<string, string>>,
  pictureUrl: PictureUrl,
): readonly Node[] {
  const cid = src.replace(/^cid:/, "");
  const url = pictureUrl(cid);
  if (url === null) return [];
  const made = page.createElement("img");
  made.src = url;
  made.alt = alt;
  made.dataset.cid = cid;
  if (width !== undefined) made.setAttribute("width", width);
  return [made];
}

/** A picture as the editor takes it over. */
export function pictureHtml(cid: string, name: string): string {
  return richHtml([{ tag: "img", attributes: { src: `cid:${cid}`, alt: name }, children: [] }]);
}
