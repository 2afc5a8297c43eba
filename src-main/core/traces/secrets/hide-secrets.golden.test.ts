// Secrets in texts and arguments: what is hidden, and what only looks like it and stays.
import { describe, expect, it } from 'vitest'
import { event } from '../formats/trace-format.ts'
import type { TraceRecord } from '../model/trace.ts'
import { recordOf } from '../traces.test-support.ts'
import { createSecretNumbers } from './hider.ts'
import { hideSecrets } from './hide-secrets.ts'

function said(...texts: readonly string[]): TraceRecord {
  return recordOf(texts.map((text) => event('assistant', text)))
}

function shown(text: string): string {
  return hideSecrets(said(text)).record.events[0].text
}

// Put together here, so that scanners of repositories find no keys in this file.
const letters = 'Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4C'
const key = (start: string, length: number): string => start + letters.slice(0, length)
const block = (what: string): string =>
  [`-----BEGIN ${what}-----`, 'MIIEpAIBAAKCAQEA1a/b+c', 'Zm9vYmFy==', `-----END ${what}-----`].join(
    '\n'
  )

describe('what is hidden', () => {
  it.each([
    [`use ${key('sk-ant-api03-', 40)} now`, 'use [API key 1] now'],
    [`OPENAI: ${key('sk-proj-', 40)}`, 'OPENAI: [API key 1]'],
    [`"${key('sk-', 32)}"`, '"[API key 1]"'],
    [`AKIA${'ABCDEFGH23456789'}`, '[API key 1]'],
    [key('ghp_', 36), '[API key 1]'],
    [key('hf_', 34), '[API key 1]'],
    [`xoxb-${'123456789012-abcdefGHIJKL'}`, '[API key 1]'],
    [`AIza${letters.slice(0, 35)}`, '[API key 1]'],
    [`sk_live_${letters.slice(0, 24)}`, '[API key 1]'],
    [`Authorization: Bearer ${letters}`, 'Authorization: Bearer [access token 1]'],
    [
      `curl -H "Authorization: Basic dXNlcjpwYXNzMQ=="`,
      'curl -H "Authorization: Basic [access token 1]"'
    ],
    [`"authorization": "${letters}"`, '"authorization": "[access token 1]"'],
    [`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl`, '[sign-in token 1]'],
    ['Authorization: Bearer letmein-please', 'Authorization: Bearer [access token 1]'],
    ['password=hunter2 ok', 'password=[password 1] ok'],
    ['DB_PASSWORD="a b c!"', 'DB_PASSWORD="[password 1]"'],
    ['{"user": "ana", "password": "kitten"}', '{"user": "ana", "password": "[password 1]"}'],
    ['{\\"password\\": \\"kitten\\"}', '{\\"password\\": \\"[password 1]\\"}'],
    ["passwd: 'tr0ub4dor'", "passwd: '[password 1]'"],
    ['https://ana:s3cret@example.com/x', 'https://ana:[password 1]@example.com/x'],
    ['https://x.org/?api_key=abc123def456ghi&page=2', 'https://x.org/?api_key=[API key 1]&page=2'],
    ['clientSecret: a1b2c3d4e5f6', 'clientSecret: [API key 1]'],
    ['Write to ana.lee+x@mail.example.co.uk, today', 'Write to [e-mail address 1], today'],
    ['a@b.org, c@d.org, a@b.org', '[e-mail address 1], [e-mail address 2], [e-mail address 1]'],
    ['one\\nana@b.org', 'one\\n[e-mail address 1]'],
    ['/home/ana/code/a.py and /home/ana', '[home folder 1]/code/a.py and [home folder 1]'],
    ['cd /Users/ana.lee.', 'cd [home folder 1].'],
    ['file:///home/ana/x', 'file://[home folder 1]/x'],
    [
      'C:\\Users\\Ana\\x and C:\\\\Users\\\\Ana\\\\y',
      '[home folder 1]\\x and [home folder 1]\\\\y'
    ],
    [`before\n${block('RSA PRIVATE KEY')}\nafter`, 'before\n[private key 1]\nafter'],
    [`a ${block('OPENSSH PRIVATE KEY').replaceAll('\n', '\\n')} b`, 'a [private key 1] b']
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })
})

describe('what stays', () => {
  it.each([
    'It costs $1,299.00, or 12.50 EUR.',
    'Order 123456789012, flight HAT136, reservation ZFA04Y',
    'id 7f9c24e8-3b12-4fef-91e0-6d5c9f6a1b2c',
    'commit 9fceb02d0ae598e95dc970b74767f19372d6d3ae',
    'max_tokens=4096, "stop_token": "<|end_of_text_12|>"',
    'password: must be at least eight letters',
    '"password": null, "token": "the"',
    '"password": "<your password>", api_key=${API_KEY_FROM_ENV1}',
    'The key: take the second exit. Secret: none.',
    'Basic internationalization is a bearer of news',
    'Authorization: application/json, authorization: bearer required, Bearer instruments',
    'git@github.com:owner/repository.git',
    'pip install package@1.2.3 and logo@2x.png and @app.route',
    'https://example.com/home/about and /home/index.html, ./home/ana',
    'C:\\Users\\Public\\x, /Users/Shared/y',
    'sk-learn, risk-taking-and-more-words, ask-me-anything-about-this',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
    'call 030 1234567 at 10:30, lat=52.5200,lon=13.4050'
  ])('%s', (text) => {
    const record = said(text)
    const hidden = hideSecrets(record)
    expect(hidden.record.events[0].text).toBe(text)
    expect(hidden.record).toBe(record)
    expect(hidden.counts).toEqual([])
  })
})

describe('a whole trace', () => {
  it('arguments: fields by name and texts by shape, equal ones stay equal', () => {
    const data = { user: 'ana@b.org', password: 'kitten', list: [{ note: 'of ana@b.org' }], n: 3 }
    const record = recordOf([
      event('tool-call', '', { name: 'login', data }),
      event('tool-result', 'Hello ana@b.org', { name: 'login' }),
      event('tool-call', '', { name: 'login', data: { ...data, password: 'other' } })
    ])
    const { record: hidden, counts } = hideSecrets(record)
    expect(hidden.events.map(({ data: shownData, text }) => [shownData, text])).toEqual([
      [
        {
          user: '[e-mail address 1]',
          password: '[password 1]',
          list: [{ note: 'of [e-mail address 1]' }],
          n: 3
        },
        ''
      ],
      [null, 'Hello [e-mail address 1]'],
      [
        {
          user: '[e-mail address 1]',
          password: '[password 2]',
          list: [{ note: 'of [e-mail address 1]' }],
          n: 3
        },
        ''
      ]
    ])
    expect(counts).toEqual([
      { kind: 'e-mail address', count: 5 },
      { kind: 'password', count: 2 }
    ])
  })

  it('the goal, reasons and names of attachments; bytes and times stay', () => {
    const attachments = [{ mime: 'image/png', name: '/home/ana/a.png', bytes: new Uint8Array([1]) }]
    const { record } = hideSecrets({
      ...recordOf([event('observation', 'x', { time: 5, attachments })]),
      task: { key: 'k', goal: 'Mail ana@b.org' },
      endReason: 'error in /home/ana/x.py',
      marked: { event: 0, actor: 'a', reason: 'wrote to ana@b.org' }
    })
    expect(record).toMatchObject({
      task: { key: 'k', goal: 'Mail [e-mail address 1]' },
      endReason: 'error in [home folder 1]/x.py',
      marked: { reason: 'wrote to [e-mail address 1]' },
      events: [
        { time: 5, attachments: [{ name: '[home folder 1]/a.png', bytes: new Uint8Array([1]) }] }
      ]
    })
  })

  it('numbers of a set keep arguments equal between attempts', () => {
    const numbers = createSecretNumbers()
    hideSecrets(said('a@b.org'), numbers)
    expect(hideSecrets(said('c@d.org then a@b.org'), numbers).record.events[0].text).toBe(
      '[e-mail address 2] then [e-mail address 1]'
    )
  })
})
