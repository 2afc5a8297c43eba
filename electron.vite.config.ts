// One build for both hosts: main-side entries (desktop, local, command line, threads), the
// preload bridge, and the renderer. It never needs the Electron binary.
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { licencePlugin, noPackagesInside } from './build/licences/vite-plugins.ts'
import { helpPages } from './build/help-pages.ts'

const here = import.meta.dirname

export default defineConfig({
  main: {
    plugins: [noPackagesInside(here)],
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          electron: resolve(here, 'src-main/hosts/electron/main.ts'),
          node: resolve(here, 'src-main/hosts/node/main.ts'),
          cli: resolve(here, 'src-main/hosts/node/cli.ts'),
          backend: resolve(here, 'src-main/hosts/worker/backend.ts'),
          compute: resolve(here, 'src-main/hosts/worker/compute.ts')
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  preload: {
    plugins: [noPackagesInside(here)],
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'src-main/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: 'src-renderer',
    plugins: [vue(), helpPages(here), licencePlugin(here)],
    resolve: { alias: { '@api': resolve(here, 'src-main/api') } },
    build: {
      outDir: 'out/renderer',
      // The policy of the page allows fonts and pictures from files only, not from data: addresses.
      assetsInlineLimit: 0,
      // The chart library is one chunk, loaded from disk when a chart is first shown.
      chunkSizeWarningLimit: 1000,
      minify: true,
      rolldownOptions: { input: { index: resolve(here, 'src-renderer/index.html') } }
    }
  }
})
