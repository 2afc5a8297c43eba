// How installers are made: what goes in, what is unpacked, and the security fuses (rule E11).
// Signing is taken from the environment of a release; nothing is ever published from here.
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { cudaPackage, packagesLeftOut, takesCuda } from './production-packages.ts'

const root = join(import.meta.dirname, '..')
const onnxBinaries = 'node_modules/onnxruntime-node/bin/napi-v6'
/**
 * Leaves out what is prebuilt for other systems: SQLite by a list of them, ONNX Runtime by the one
 * to keep, and of that only the processor that is packed for. It names a file as well, because
 * electron-builder takes a list of exclusions alone to mean every other file of the repository.
 */
const prebuiltFor = (system: string, others: string): { from: string; filter: string[] } => ({
  from: '.',
  filter: [
    'LICENSE',
    `!node_modules/better-sqlite3/prebuilds/{${others}}-*.node`,
    `!${onnxBinaries}/!(${system})/**`,
    // electron-builder's own placeholder; its ${platform} would be the system that packs.
    `!${onnxBinaries}/*/!(\${arch})/**`,
    // The same library under its full version; the one that is loaded is libonnxruntime.1.dylib.
    `!${onnxBinaries}/*/*/libonnxruntime.*.*.*.dylib`,
    // Under Microsoft's own terms, and loaded only for a provider the app does not use (ADR 0013).
    `!${onnxBinaries}/*/*/DirectML.dll`
  ]
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
    '!node_modules/**/*_test.{js,d.ts}',
    '!node_modules/**/*.{ts,mts,cts}',
    '!node_modules/@tensorflow/*/dist/*.{es2017,fesm}*.js',
    '!node_modules/@tensorflow/*/dist/*.min.js',
    '!node_modules/@types/**',
    '!node_modules/better-sqlite3/{src,deps,binding.gyp}',
    '!node_modules/{sharp,node-addon-api}/{src,install}/**',
    '!node_modules/onnxruntime-node/script/**',
    ...packagesLeftOut(root, takesCuda).map((name) => `!**/node_modules/${name}/**`)
  ],
  extraResources: [
    { from: 'resources/samples', to: 'resources/samples' },
    { from: 'resources/pages', to: 'resources/pages' }
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
    files: [prebuiltFor('win32', 'darwin,linux,linuxmusl')]
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
    files: [prebuiltFor('darwin', 'linux,linuxmusl,win32')]
  },
  linux: {
    target: ['AppImage', 'deb'],
    executableName: 'winnow',
    icon: 'build/icon.png',
    category: 'Science',
    maintainer: `${contact.name} <${contact.email}>`,
    synopsis: 'Choose which data is worth keeping',
    files: [prebuiltFor('linux', 'darwin,win32')]
  }
}

export default config
