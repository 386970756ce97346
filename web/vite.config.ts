import { defineConfig } from "vite";

// Two pages, one for the viewer and one for frames in other people's pages. Nothing is inlined:
// the pages are served under a policy that allows scripts, styles and images from their own origin only.
export default defineConfig({
  base: "/",
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1300,
    rolldownOptions: { input: { index: "index.html", embed: "embed.html" } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8099", "/tiles": "http://127.0.0.1:8099" } },
});
