// What SQLite and the system say of a failing disk, as a person is told.
import { expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { plainStoreError } from './connect.ts'

const failed = (code: string): Error => Object.assign(new Error('technical words'), { code })

it.each([
  ['SQLITE_CORRUPT', 'project-damaged'],
  ['SQLITE_CORRUPT_INDEX', 'project-damaged'],
  ['SQLITE_IOERR_SHORT_READ', 'project-damaged'],
  ['SQLITE_NOTADB', 'project-not-winnow'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['SQLITE_BUSY', 'project-in-use'],
  ['SQLITE_READONLY', 'project-read-only'],
  ['SQLITE_READONLY_DBMOVED', 'project-not-found'],
  ['SQLITE_CANTOPEN', 'project-not-found']
])('%s is “%s”', (code, told) => {
  expect(plainStoreError(failed(code))).toMatchObject({ code: told })
})

it.each(['SQLITE_IOERR_READ', 'SQLITE_IOERR_WRITE', 'EIO', 'ENODEV'])(
  '%s is a disk that is gone, not a damaged file',
  (code) => {
    expect(plainStoreError(failed(code))).toMatchObject({
      code: 'project-not-found',
      hint: 'Connect its disk or put the folder back, then open the project again.'
    })
  }
)

it('refusals and other errors stay as they are', () => {
  const refusal = new AppError('cancelled')
  expect(plainStoreError(refusal)).toBe(refusal)
  const other = failed('SQLITE_CONSTRAINT')
  expect(plainStoreError(other)).toBe(other)
})
