/** `/manifest.webmanifest`: what a phone or desktop installs. */
const MANIFEST = {
  id: "/inbox",
  name: "Parley",
  short_name: "Parley",
  description: "Your team's shared inbox",
  start_url: "/inbox",
  scope: "/",
  display: "standalone",
  background_color: "#f4f4f6",
  theme_color: "#f4f4f6",
  icons: [
    { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
  shortcuts: [
    { name: "Assigned to me", url: "/inbox/all/mine" },
    { name: "Search", url: "/search" },
  ],
};

export const handler = {
  GET: () =>
    new Response(JSON.stringify(MANIFEST), {
      headers: {
        "content-type": "application/manifest+json",
        "cache-control": "public, max-age=3600",
      },
    }),
};
