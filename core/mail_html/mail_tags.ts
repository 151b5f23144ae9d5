/** Elements a mail may show. Everything else is taken out and its content kept, but for {@link DROPPED_TAGS}. */
export const ALLOWED_TAGS: readonly string[] = [
  ...["a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br"],
  ...[
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
  ],
  ...["em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"],
  ...[
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
  ],
  ...["ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table"],
  ...["tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"],
];

/** Elements whose content goes with them. */
export const DROPPED_TAGS: readonly string[] = [
  ...["script", "style", "title", "textarea", "option", "select", "xmp", "iframe", "noframes"],
  ...["noembed", "noscript", "plaintext", "object", "applet", "embed", "audio", "video", "canvas"],
  ...["svg", "math", "template", "frameset", "datalist", "button"],
];

/** Attributes without an address in them, kept on every element as they are. */
export const PLAIN_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...["dir", "lang", "title", "alt", "align", "valign", "width", "height", "bgcolor", "border"],
  ...[
    "cellpadding",
    "cellspacing",
    "colspan",
    "rowspan",
    "color",
    "face",
    "size",
    "start",
    "nowrap",
  ],
  ...["hspace", "vspace", "span", "reversed"],
]);
