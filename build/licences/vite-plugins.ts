// What the build adds for licences: the list beside the page, the same as one text file, and a
// refusal to let a package into the main side unseen.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'
import { licenceProblems } from './permissive.ts'
import { licenceFile, licenceText } from './parts.ts'
import { shippedParts } from './shipped-parts.ts'

/** Folder of the package that the file `id` belongs to, from the repository with "/". */
export function packageFolderOf(root: string, id: string): string | undefined {
  const path = relative(root, id.replace(/^\0/, '').replace(/\?.*$/, '')).replaceAll(sep, '/')
  return /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
}

/** Writes licences.json beside the page and LICENCES.txt into out/: what really is in the bundle. */
export function licencePlugin(root: string): Plugin {
  const folders = new Set<string>()
  // Files that were taken in as they are come with their path from the folder of the page.
  let pageRoot = root
  return {
    name: 'winnow-licences',
    configResolved(config) {
      pageRoot = config.root
    },
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        // Modules that were dropped as unused are not among these; typefaces come as files.
        const ids =
          output.type === 'chunk'
            ? Object.keys(output.modules)
            : output.originalFileNames.map((name) => resolve(pageRoot, name))
        for (const id of ids) {
          const folder = packageFolderOf(root, id)
          if (folder !== undefined) folders.add(folder)
        }
      }
      const file = licenceFile(shippedParts(root, folders))
      const problems = licenceProblems(file.parts)
      if (problems.length > 0) this.error(problems.join('\n'))
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(file) })
    },
    writeBundle({ dir }) {
      if (dir === undefined) return
      const file = JSON.parse(readFileSync(join(dir, 'licences.json'), 'utf8')) as ReturnType<
        typeof licenceFile
      >
      writeFileSync(join(dir, '..', 'LICENCES.txt'), licenceText(file))
    },
    configureServer(server) {
      // In development there is no bundle: the page's own packages are not told apart yet.
      server.middlewares.use('/licences.json', (_request, response) => {
        response.setHeader('Content-Type', 'application/json; charset=utf-8')
        response.end(JSON.stringify(licenceFile(shippedParts(root, []))))
      })
    }
  }
}

/** Refuses packages inside the main side's own files: they belong beside them, where they are seen. */
export function noPackagesInside(root: string): Plugin {
  return {
    name: 'winnow-no-packages-inside',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        const found = Object.keys(output.modules).map((id) => packageFolderOf(root, id))
        const inside = new Set(found.filter((folder) => folder !== undefined))
        if (inside.size > 0)
          this.error(`${output.fileName} would hold ${[...inside].join()}: make it a dependency`)
      }
    }
  }
}
