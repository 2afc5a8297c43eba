// How installers are made: what goes in, what is unpacked, and the security fuses (rule E11).
// Signing is taken from the environment of a release; nothing is ever published from here.
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { cudaPackage, packagesLeftOut, takesCuda } from './production-packages.ts'
import { leftOutPatterns, onnxBinaries, otherTargetPatterns, type Target } from './shipped-files.ts'

const root = join(import.meta.dirname, '..')
/**
 * Leaves out what is prebuilt for other systems and processors. It names a file as well, because
 * electron-builder takes a list of exclusions alone to mean every other file of the repository.
 */
const prebuiltFor = (platform: Target['platform']): { from: string; filter: string[] } => ({
  from: '.',
  filter: ['LICENSE', ...otherTargetPatterns(platform)]
})

/** Reserved names that lead nowhere (RFC 2606): packages for Linux must name a contact. */
const contact = { name: 'The Winnow contributors', email: 'contributors@winnow.invalid' }

const config: Configuration = {
  appId: 'studio.winnow.desktop',
  productName: 'Winnow',
  copyright: 'Copyright The Winnow contributors, Apache-2.0',
  directories: { output: 'dist', buildResources: 'build' },
  extraMetadata: { homepage: 'https://winnow.invalid', author: contact },
  // Natives are prebuilt for Node-API, which Electron has as well: nothing is compiled.
  npmRebuild: false,
  nodeGypRebuild: false,
  publish: null,
  asar: true,
  // Libraries are loaded by the system, and WebAssembly by path from a thread: real files.
  asarUnpack: [
    'node_modules/better-sqlite3/prebuilds/*.node',
    'node_modules/@img/sharp-*/**',
    // The binding finds its libraries in its own folder, so all of it lies there.
    `${onnxBinaries}/**`,
    'node_modules/@tensorflow/tfjs-backend-wasm/dist/*.wasm',
    `node_modules/${cudaPackage}/{lib,deps}/**`
  ],
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!**/*.map',
    ...leftOutPatterns(),
    ...packagesLeftOut(root, takesCuda).map((name) => `!**/node_modules/${name}/**`)
  ],
  extraResources: [
    { from: 'resources/samples', to: 'resources/samples' },
    { from: 'resources/models', to: 'resources/models' },
    { from: 'resources/pages', to: 'resources/pages' },
    // Every licence of what is packed, written by the build; Electron adds its own and Chromium's.
    { from: 'out/LICENCES.txt', to: 'LICENCES.txt' }
  ],
  fileAssociations: [
    {
      ext: 'winnow',
      name: 'Winnow project',
      description: 'Winnow project',
      mimeType: 'application/x-winnow-project',
      role: 'Editor',
      // A project is a folder; macOS shows it as one document.
      isPackage: true
    }
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Checked by macOS and Windows; Electron does not check it on Linux.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false
  },
  electronLanguages: ['en', 'en-US'],
  win: {
    target: ['nsis'],
    icon: 'build/icon.ico',
    files: [prebuiltFor('win32')]
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false
  },
  mac: {
    target: ['dmg'],
    icon: 'build/icon.icns',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    files: [prebuiltFor('darwin')]
  },
  linux: {
    target: ['AppImage', 'deb'],
    executableName: 'winnow',
    icon: 'build/icon.png',
    category: 'Science',
    maintainer: `${contact.name} <${contact.email}>`,
    synopsis: 'Choose which data is worth keeping',
    files: [prebuiltFor('linux')]
  }
}

export default config
