// The texts that the portable bundle adds to the app: what starts it, and what to know about it.
import type { Target } from '../shipped-files.ts'

/**
 * `winnow` for Linux and macOS. It uses nothing but a POSIX shell, so that it runs where even
 * readlink is missing; that one is asked only when it was started through a link.
 */
const shellLauncher = `#!/bin/sh
# Starts Winnow with the Node that lies beside it. Nothing is installed, nothing is looked up.
#   winnow                     opens the app in an installed Chromium, Chrome or Edge
#   winnow Flowers.winnow      opens a project
#   winnow --headless          serves the app and prints its address
#   winnow help                all commands
self=$0
while [ -h "$self" ]; do
  target=$(readlink "$self") || break
  case $target in
    /*) self=$target ;;
    *) self=\${self%/*}/$target ;;
  esac
done
case $self in
  */*) here=\${self%/*} ;;
  *) here=. ;;
esac
here=$(CDPATH= cd -- "$here" && pwd -P) || exit 1
case \${1-} in
  '' | --headless | --root | --root=* | --project | --project=* | *.winnow | *.winnow/)
    set -- serve "$@"
    ;;
esac
WINNOW_START=winnow
# ONNX Runtime would report its use to its maker; nothing ever leaves this computer.
ORT_DISABLE_TELEMETRY=1
export WINNOW_START ORT_DISABLE_TELEMETRY
exec "$here/runtime/node" "$here/app/out/main/cli.js" "$@"
`

/** \`winnow.cmd\` for Windows, with its line ends. */
const windowsLauncher = `@echo off
rem Starts Winnow with the Node that lies beside it. Nothing is installed, nothing is looked up.
setlocal
set "WINNOW_START=winnow"
rem ONNX Runtime would report its use to its maker; nothing ever leaves this computer.
set "ORT_DISABLE_TELEMETRY=1"
if "%~1"=="" goto window
if "%~1"=="--headless" goto window
if "%~1"=="--root" goto window
if "%~1"=="--project" goto window
if /i "%~x1"==".winnow" goto window
"%~dp0runtime\\node.exe" "%~dp0app\\out\\main\\cli.js" %*
exit /b %errorlevel%
:window
"%~dp0runtime\\node.exe" "%~dp0app\\out\\main\\cli.js" serve %*
exit /b %errorlevel%
`

/** What starts the bundle on a system. */
export function launcherOf({ platform }: Target): { readonly name: string; readonly text: string } {
  return platform === 'win32'
    ? { name: 'winnow.cmd', text: windowsLauncher.replaceAll('\n', '\r\n') }
    : { name: 'winnow', text: shellLauncher }
}

/** README.txt of the bundle. */
export function readmeText({ platform }: Target, version: string): string {
  const isWindows = platform === 'win32'
  const start = isWindows ? 'winnow.cmd' : './winnow'
  const data = {
    linux: '~/.config/winnow',
    darwin: '~/Library/Application Support/Winnow',
    win32: '%APPDATA%\\Winnow'
  }[platform]
  const home = isWindows ? '%USERPROFILE%\\Winnow' : '~/Winnow'
  const sums = {
    linux: 'sha256sum -c --quiet SHA256SUMS',
    darwin: 'shasum -a 256 -c SHA256SUMS',
    win32: 'certutil -hashfile FILE SHA256, and compare with SHA256SUMS'
  }[platform]
  const needs = {
    linux: 'Linux with glibc 2.28 or later.',
    darwin:
      'macOS 13.5 or later. The files are not signed: if the system will not start them, run\n  xattr -dr com.apple.quarantine FOLDER\nonce on this folder.',
    win32: 'Windows 10 or later, with the Microsoft Visual C++ runtime for the fastest device.'
  }[platform]
  const text = `Winnow ${version}
Choose which data is worth keeping. Nothing needs to be installed, and no internet.

Start
  ${start}                    opens the app in an installed Chromium, Chrome or Edge
  ${start} Flowers.winnow     opens a project
  ${start} --headless         serves the app and prints the address to open
  ${start} demo               runs the main job on the bundled sample
  ${start} help               all commands
  ${start} licences           what comes with it, and under which licences

Needs
${needs}

Where things go
  Projects: ${home}. Settings and logs: ${data}.
  This folder is only read; it may lie on a read-only medium. WINNOW_HOME=FOLDER puts
  everything into another folder. To remove Winnow, delete this folder and those two.

Check that the files are whole
  ${sums}

Licence
  Apache-2.0 (LICENSE). Parts of others and their licences: LICENCES.txt.
`
  return isWindows ? text.replaceAll('\n', '\r\n') : text
}
