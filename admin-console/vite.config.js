import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `vite` alone serves the sources with a reload at each change; sign-in and APIs then come from a console that runs.
const console = process.env.RECOUP_CONSOLE_URL ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        // What changes with a release of ours is small; the libraries stay in the browser's cache.
        codeSplitting: {
          groups: [{ name: 'react-admin', test: /node_modules/ }],
        },
      },
    },
  },
  server: { proxy: { '/api': console, '/auth': console } },
});
