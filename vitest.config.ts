// Test projects by runtime: `api` and `core` run in Node, `renderer` in happy-dom.
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { helpPages } from './build/help-pages.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'main',
          setupFiles: ['./vitest.setup.ts'],
          environment: 'node',
          include: [
            'src-main/**/*.test.ts',
            'scripts/**/*.test.ts',
            'bench/**/*.test.ts',
            'build/**/*.test.ts',
            'fuzz/**/*.test.ts'
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000
        }
      },
      {
        plugins: [vue(), helpPages(import.meta.dirname)],
        resolve: { alias: { '@api': resolve(import.meta.dirname, 'src-main/api') } },
        test: {
          name: 'renderer',
          setupFiles: ['./vitest.setup.ts'],
          environment: 'happy-dom',
          include: ['src-renderer/**/*.test.ts'],
          testTimeout: 15_000
        }
      }
    ]
  }
})
