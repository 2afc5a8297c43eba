// Reasons for a runtime that cannot be loaded: none for this system, or the system lacks something.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { DeviceMissing } from '../driver.ts'
import { loadFailure } from './load-failure.ts'
import { bindRuntime } from './runtime.ts'

const folder = mkdtempSync(join(tmpdir(), 'winnow-load-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

describe('the reason', () => {
  const binding = '../bin/napi-v6/darwin/x64/onnxruntime_binding.node'
  test.each([
    [
      'Macs with Intel processors',
      'darwin',
      failure('MODULE_NOT_FOUND', `Cannot find module '${binding}'`),
      'there is no build for this system'
    ],
    [
      'Windows without the runtime of Visual C++',
      'win32',
      failure('ERR_DLOPEN_FAILED', 'The specified module could not be found.\n\\\\?\\C:\\x.node'),
      'a library of the system is missing: install the Microsoft Visual C++ runtime'
    ],
    [
      'old Linux',
      'linux',
      failure(
        'ERR_DLOPEN_FAILED',
        "/lib/libm.so.6: version `GLIBC_2.27' not found (required by x)"
      ),
      'needs a newer Linux (glibc 2.28 or later)'
    ],
    [
      'Linux with an old libstdc++',
      'linux',
      failure('ERR_DLOPEN_FAILED', "libstdc++.so.6: version `GLIBCXX_3.4.25' not found"),
      'needs a newer libstdc++ than this Linux has'
    ],
    [
      'Linux without libstdc++',
      'linux',
      failure(
        'ERR_DLOPEN_FAILED',
        'libstdc++.so.6: cannot open shared object file: No such file or directory'
      ),
      'a library of the system is missing (libstdc++.so.6)'
    ],
    [
      'Linux with musl',
      'linux',
      failure(
        'ERR_DLOPEN_FAILED',
        'Error loading shared library ld-linux-x86-64.so.2: No such file'
      ),
      'needs a Linux with glibc'
    ],
    [
      'anything else',
      'linux',
      new Error('out of file descriptors'),
      'its library could not be loaded on this system'
    ]
  ])('for %s', (_, system, error, expected) => {
    expect(loadFailure(error, system)).toMatch(expected)
  })
})

describe('a runtime that cannot be bound', () => {
  const reasonOf = (load: () => never): unknown => {
    try {
      bindRuntime(load)
    } catch (error) {
      return error
    }
    throw new Error('was bound')
  }

  test('is a missing device with the reason, and keeps the cause', () => {
    const path = join(folder, 'onnxruntime_binding.node')
    writeFileSync(path, 'not a library')
    const error = reasonOf(() => {
      process.dlopen({ exports: {} }, path)
      throw new Error('it was loaded')
    })
    expect(error).toBeInstanceOf(DeviceMissing)
    expect(error).toMatchObject({
      message: 'its library could not be loaded on this system',
      cause: { code: 'ERR_DLOPEN_FAILED' }
    })
  })

  test('keeps a reason that was given already', () => {
    const error = reasonOf(() => {
      throw new DeviceMissing('not installed')
    })
    expect(error).toMatchObject({ message: 'not installed' })
  })
})

test('another version of the package is told', () => {
  class Tensor {
    readonly data = new Float32Array(0)
  }
  expect(() => bindRuntime(() => ({ Tensor }))).toThrow(
    'its runtime has another version than the app expects'
  )
})
