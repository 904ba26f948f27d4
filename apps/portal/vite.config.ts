import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * `vite build` makes the static files the edge serves under `/` and `/assets/`; `--mode gallery` adds the pages fed by
 * fixtures (`/gallery/…`), which a released portal never carries. Our own packages are read from source
 * (`lyceum-source`), so that the portal needs no earlier build.
 */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['lyceum-source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2022', sourcemap: false, reportCompressedSize: true, chunkSizeWarningLimit: 400 },
});
