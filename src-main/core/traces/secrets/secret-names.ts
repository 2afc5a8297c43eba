// Which names of fields hold secrets: "password", "api_key", "DB_PASSWORD", "clientSecret". Names that
// only sound like it ("max_tokens", "secretary", "key") do not.

/** What a field of such a name holds; undefined for other names. */
export type NamedSecret = 'password' | 'API key' | 'access token'

const endings: readonly (readonly [NamedSecret, RegExp])[] = [
  ['password', /(?:^|_)(?:password|passwd|passphrase|passcode|pwd|pass_word)$/],
  [
    'API key',
    /(?:^|_)(?:api_?key|secret|secret_?key|private_?key|access_?key|access_key_id|encryption_?key|signing_?key|client_?secret)$/
  ],
  ['access token', /(?:^|_)(?:token|auth|authorization|bearer|credential|cookie|session_?key)$/]
]

// Names that end like the ones above and hold none.
const harmless =
  /(?:^|_)(?:max|min|num|n|next|page|stop|eos|bos|pad|mask|sep|unk|cls|special)_token$/

/** The kind of secret a field of this name holds. */
export function namedSecret(name: string): NamedSecret | undefined {
  if (name.length > 80) return undefined
  const plain = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[-. ]/g, '_')
  if (harmless.test(plain)) return undefined
  return endings.find(([, ending]) => ending.test(plain))?.[0]
}

// Words that stand where a value would: types, blanks, references to where the secret is kept.
const placeholder =
  /^(?:null|none|nil|undefined|true|false|yes|no|str|string|text|bytes|secret|optional|required|redacted|hidden|removed|password|passwd|token|changeme|example|n\/a|x+|\*+|\.+|-+|_+)$/i

/** True when a value may be a secret: long enough, and no blank or reference to one. */
export function looksSecret(value: string, kind: NamedSecret): boolean {
  if (
    placeholder.test(value) ||
    /^[<[({$%*]|^(?:process\.env|os\.environ|env\.|your[_-])/i.test(value)
  )
    return false
  if (kind === 'password') return value.length >= 3
  // Words of a sentence, and numbers, are called tokens and keys too.
  return value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value)
}
