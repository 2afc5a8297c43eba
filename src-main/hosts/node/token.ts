// Secrets of one run: a session token, and one-time codes that are traded for it (security rules
// L2-L4). Kept in memory only; without a token there is no server.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A code in a launched URL is visible to other users of the machine, so it dies soon. */
export const codeLifeMs = 30_000
/** So many wrong secrets in one run end it (L9). */
export const wrongSecretsMax = 5
/** Characters of 32 random bytes in base64url. */
export const tokenLength = 43

export interface Secrets {
  /** A new one-time code. `lifeMs` Infinity for an address that is printed for a person. */
  issueCode(lifeMs: number): string
  /** What a presented secret is worth; wrong ones are counted, and after five nothing is right. */
  check(presented: string): 'token' | 'code' | 'wrong'
  readonly token: string
  readonly wrongCount: number
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Makes the secrets of one run. */
export function createSecrets(now: () => number = Date.now): Secrets {
  const token = randomBytes(32).toString('base64url')
  const tokenDigest = digest(token)
  const codes: { readonly digest: Buffer; readonly until: number }[] = []
  let wrongCount = 0
  return {
    token,
    get wrongCount() {
      return wrongCount
    },
    issueCode(lifeMs) {
      const code = randomBytes(32).toString('base64url')
      codes.push({ digest: digest(code), until: now() + lifeMs })
      return code
    },
    check(presented) {
      // The run is ending: a right guess after five wrong ones must not slip in.
      if (wrongCount >= wrongSecretsMax) return 'wrong'
      const found = digest(presented)
      if (timingSafeEqual(found, tokenDigest)) return 'token'
      const at = codes.findIndex((code) => timingSafeEqual(found, code.digest))
      if (at >= 0) {
        const [code] = codes.splice(at, 1)
        if (code && code.until >= now()) return 'code'
      }
      wrongCount++
      return 'wrong'
    }
  }
}
