// Files of an export, hashed while they are written: what the manifest says is what was sent to disk.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { once } from 'node:events'
import type { ManifestFile } from './manifest.ts'

/** Writes a whole new file below `folder`, making the folders of its path. */
export async function writeHashed(
  folder: string,
  path: string,
  content: Uint8Array | string
): Promise<ManifestFile> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const target = join(folder, ...path.split('/'))
  await mkdir(dirname(target), { recursive: true })
  const file = await open(target, 'wx')
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
  return { path, bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** A file written in pieces while its hash and size are kept. */
export class HashedFile {
  readonly #path: string
  readonly #stream: ReturnType<typeof createWriteStream>
  readonly #digest = createHash('sha256')
  #bytes = 0
  #error: Error | undefined

  private constructor(path: string, stream: ReturnType<typeof createWriteStream>) {
    this.#path = path
    this.#stream = stream
    stream.on('error', (error) => (this.#error = error))
  }

  /** Makes a new file below `folder`; `path` has forward slashes. */
  static async create(folder: string, path: string): Promise<HashedFile> {
    const target = join(folder, ...path.split('/'))
    await mkdir(dirname(target), { recursive: true })
    const stream = createWriteStream(target, { flags: 'wx' })
    await once(stream, 'open')
    return new HashedFile(path, stream)
  }

  /** Appends; waits while the disk is behind. */
  async write(content: string | Uint8Array): Promise<void> {
    if (this.#error) throw this.#error
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
    this.#digest.update(bytes)
    this.#bytes += bytes.byteLength
    if (!this.#stream.write(bytes)) await once(this.#stream, 'drain')
  }

  /** Closes the file and says what the manifest lists of it. */
  async finish(): Promise<ManifestFile> {
    this.#stream.end()
    await once(this.#stream, 'close')
    if (this.#error) throw this.#error
    return { path: this.#path, bytes: this.#bytes, sha256: this.#digest.digest('hex') }
  }

  /** Closes the file, so that its folder can be removed on every system. */
  async abandon(): Promise<void> {
    if (this.#stream.closed) return
    const closed = new Promise<void>((resolve) => this.#stream.once('close', () => resolve()))
    this.#stream.destroy()
    await closed
  }
}
