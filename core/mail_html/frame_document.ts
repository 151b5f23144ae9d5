/** What a frame shows of a mail. */
export interface FrameInput {
  /** As `sanitize` made it. */
  readonly html: string;
  readonly blockedImages: number;
}

/**
 * A whole document for the sandboxed frame of a mail, in the reader's colour scheme. It tells the page around it how
 * many images were held back (`data-blocked-images` on the root).
 */
export function frameDocument({ html, blockedImages }: FrameInput): string {
  return `<!DOCTYPE html><html data-blocked-images="${blockedImages}"><head><meta charset="utf-8">` +
    `<meta name="color-scheme" content="light dark"><base target="_blank"><style>${STYLE}</style></head>` +
    `<body>${html}</body></html>`;
}

const STYLE = `
:root { color-scheme: light dark; }
html { overflow: hidden; }
body { margin: 0; font: 14px/20px system-ui, sans-serif; overflow-wrap: anywhere; color: light-dark(#1a1b20, #eeeef1); }
img { max-width: 100%; height: auto; }
table { max-width: 100%; }
pre { white-space: pre-wrap; }
a { color: light-dark(#2a4bc4, #9fb3ff); }
blockquote { margin: 0 0 0 4px; padding-left: 12px; border-left: 2px solid light-dark(#d4d5db, #3a3c44); }
img[data-blocked] { display: none; }
`;
