// Why the runtime's library could not be loaded, in words that say what to do.

/**
 * The reason for an error of loading onnxruntime-node's binding. Reads the texts of Node and of the
 * system's loader; `system` is Node's name of the platform.
 */
export function loadFailure(error: unknown, system: string = process.platform): string {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : noError
  if (code === 'MODULE_NOT_FOUND' && message.includes('onnxruntime_binding.node'))
    return 'there is no build for this system'
  if (code !== 'ERR_DLOPEN_FAILED') return 'its library could not be loaded on this system'
  const version = /version [`'"]?(GLIBC|GLIBCXX|CXXABI)_[\d.]+['"]? not found/.exec(message)
  if (version?.[1] === 'GLIBC') return 'needs a newer Linux (glibc 2.28 or later)'
  if (version !== null) return 'needs a newer libstdc++ than this Linux has'
  // Alpine and others with musl lack the loader of glibc or its functions.
  if (/ld-linux-|Error relocating|ld-musl/.test(message)) return 'needs a Linux with glibc'
  const missing = /(\S+\.so[.\d]*): cannot open shared object file/.exec(message)?.[1]
  if (missing !== undefined) return `a library of the system is missing (${missing})`
  if (system === 'win32' && /module could not be found/i.test(message))
    return 'a library of the system is missing: install the Microsoft Visual C++ runtime'
  return 'its library could not be loaded on this system'
}

const noError = { code: undefined, message: '' }
