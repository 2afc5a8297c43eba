// Licence texts that packages should bring and do not. Each entry says where its text is from; a
// package is named by hand here only because it names no text itself, and a test fails when one
// that is not here has none either, or when one here brings its own since.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of texts that are not in any installed package. */
const texts = (root: string, name: string): string =>
  readFileSync(join(root, 'build', 'licences', 'texts', `${name}.txt`), 'utf8')
/** Winnow's own licence is Apache-2.0 as well. */
const apache = (root: string): string => readFileSync(join(root, 'LICENSE'), 'utf8')

interface Supplement {
  readonly packages: RegExp
  /** Set where the text belongs to one version: another version must be looked at anew. */
  readonly version?: string
  readonly text: (root: string, readme: () => string) => readonly string[]
}

const supplements: readonly Supplement[] = [
  {
    // Apache-2.0 by package.json and by the head of every file.
    packages: /^@tensorflow\/tfjs-(core|converter|backend-cpu|backend-wasm)$/,
    text: (root) => [`Copyright Google LLC. All Rights Reserved.\n\n${apache(root)}`]
  },
  {
    // Apache-2.0 AND BSD-3-Clause; the second one from the head of its dist/esm/wire/varint.js.
    packages: /^@bufbuild\/protobuf$/,
    text: (root) => [
      `Copyright Buf Technologies, Inc.\n\n${apache(root)}`,
      texts(root, 'BSD-3-Clause-google')
    ]
  },
  {
    // LICENSE and ThirdPartyNotices.txt of ONNX Runtime 1.30.0, as its package for Python has them,
    // and the licence of the shader compilers that its files for Windows include.
    packages: /^onnxruntime-node$/,
    version: '1.30.0',
    text: (root) => [
      texts(root, 'onnxruntime'),
      texts(root, 'onnxruntime-notices'),
      texts(root, 'NCSA-directx-shader-compiler')
    ]
  },
  {
    packages: /^onnxruntime-common$/,
    version: '1.30.0',
    text: (root) => [texts(root, 'onnxruntime')]
  },
  {
    // The package states MIT and its author, and brings no text.
    packages: /^tr46$/,
    version: '0.0.3',
    text: (root) => [`Copyright (c) Sebastian Mayr\n\n${texts(root, 'MIT')}`]
  },
  {
    // At the end of its README.
    packages: /^seedrandom$/,
    text: (_root, readme) => [readme().replace(/^.*\n(?=LICENSE \(MIT\))/s, '')]
  },
  {
    // Its README lists the libraries inside libvips.so with their licences; the GNU and Mozilla
    // texts that the list names are added (ADR 0007).
    packages: /^@img\/sharp-libvips-/,
    text: (root, readme) => [
      readme(),
      texts(root, 'LGPL-3.0'),
      texts(root, 'GPL-3.0'),
      texts(root, 'MPL-1.1')
    ]
  },
  {
    // sharp's package for Windows holds libvips as well.
    packages: /^@img\/sharp-win32-/,
    text: (root, readme) => [
      readme(),
      texts(root, 'LGPL-3.0'),
      texts(root, 'GPL-3.0'),
      texts(root, 'MPL-1.1')
    ]
  },
  {
    packages: /^better-sqlite3$/,
    text: () => [
      'The package includes SQLite, which its authors have put into the public domain:\nhttps://www.sqlite.org/copyright.html'
    ]
  }
]

/** Texts to be added for a package; throws when they belong to another version of it. */
export function supplementOf(
  root: string,
  name: string,
  version: string,
  readme: () => string
): readonly string[] {
  const found = supplements.find(({ packages }) => packages.test(name))
  if (found === undefined) return []
  if (found.version !== undefined && found.version !== version) {
    throw new Error(
      `${name} is now ${version}: look at its licence again and mend build/licences/supplements.ts`
    )
  }
  return found.text(root, readme)
}
