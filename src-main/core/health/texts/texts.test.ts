// Reading texts: words, shingles, languages, secrets and personal data.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageNames, languageOf } from './languages.ts'
import { findPersonalData } from './personal-data.ts'
import { readText, textFact } from './read-text.ts'
import { findSecrets } from './secrets.ts'
import { bandKeys, jaccard, shinglesOf } from './shingles.ts'
import { wordsOf } from './words.ts'

describe('words and shingles', () => {
  it('lower case, no punctuation; scripts without spaces by character', () => {
    expect(wordsOf('Don’t  stop—NOW, 3 Äpfel!')).toEqual(['don', 't', 'stop', 'now', '3', 'äpfel'])
    expect(wordsOf('我喜欢 tea')).toEqual(['我', '喜', '欢', 'tea'])
    expect(wordsOf(' \n\t')).toEqual([])
  })

  it('equal words make equal keys; no words make none', () => {
    const keys = (text: string): Uint32Array => bandKeys(shinglesOf(wordsOf(text)))
    expect(keys('One, two three!')).toEqual(keys('one two  THREE'))
    expect([...new Set(keys('…'))]).toEqual([0])
    expect(keys('a b c d')).not.toEqual(keys('a b c e'))
  })

  it('jaccard agrees with sets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60)), fc.uniqueArray(fc.nat(60)), (left, right) => {
        const all = new Set([...left, ...right]).size
        const common = left.filter((value) => right.includes(value)).length
        const found = jaccard(Uint32Array.from(left).sort(), Uint32Array.from(right).sort())
        expect(found).toBeCloseTo(all === 0 ? 0 : common / all, 12)
      })
    )
  })

  it('a very long text is cut to its smallest hashes, and stays alike to its near copy', () => {
    const words = Array.from({ length: 9000 }, (_, i) => `word${(i * 7919) % 9001}`)
    const near = words.with(10, 'other').with(5000, 'another')
    expect(jaccard(shinglesOf(words), shinglesOf(near))).toBeGreaterThan(0.98)
    expect(jaccard(shinglesOf(words), shinglesOf(words.map((word) => `x${word}`)))).toBeLessThan(
      0.05
    )
  })
})

describe('languages', () => {
  const samples: Readonly<Record<string, string>> = {
    English:
      'The people in the town said that they would not be there when we came back for the second time this year.',
    German:
      'Die Leute in der Stadt haben gesagt, dass sie nicht da sein werden, wenn wir im Herbst noch einmal kommen.',
    French:
      'Les gens de la ville ont dit que nous ne serions pas là pour la fête, mais il y a encore des places dans une salle.',
    Spanish:
      'La gente de la ciudad dice que no hay más tiempo para los que llegan tarde, pero nosotros ya lo sabíamos desde el año pasado.',
    Portuguese:
      'As pessoas da cidade disseram que não há mais tempo para os que chegam tarde, mas ele também já sabia disso quando foi para casa.',
    Italian:
      'La gente della città ha detto che non ci sono più posti per chi arriva tardi, ma noi lo sapevamo già da molto tempo, anche se non era sicuro.',
    Dutch:
      'De mensen in de stad hebben gezegd dat zij er niet meer zullen zijn als wij voor de tweede keer naar het feest gaan.',
    Swedish:
      'Folket i staden har sagt att de inte kommer att vara där när vi kommer tillbaka för andra gången och det är inte bra för oss.',
    Polish:
      'Ludzie w mieście powiedzieli, że nie będzie ich tam, gdy wrócimy po raz drugi, ale to jest już tylko jego problem, a nie nasz.',
    Finnish:
      'Kaupungin ihmiset ovat sanoneet, että he eivät ole enää siellä, kun me tulemme takaisin, mutta se on vain heidän asiansa ja niin se on hyvä.',
    Turkish:
      'Bu şehirde çok insan var ve onlar için daha iyi bir yer olarak gördükleri ne varsa, o kadar güzel değil ama gibi.',
    Russian:
      'Люди в городе сказали, что они не будут там, когда мы вернёмся во второй раз, но это уже не так важно для нас и для них.',
    Ukrainian:
      'Люди в місті сказали, що вони не будуть там, коли ми повернемося, але це вже не так важливо для нас та для них, як було.',
    Greek: 'Οι άνθρωποι στην πόλη είπαν ότι δεν θα είναι εκεί',
    Chinese: '城里的人说他们不会再来了因为天气不好',
    Japanese: 'この町の人たちは、もう来ないと言っていました。',
    Korean: '이 도시의 사람들은 다시 오지 않겠다고 말했습니다 그리고'
  }
  it.each(Object.entries(samples))('%s', (name, text) => {
    expect(languageNames[languageOf(wordsOf(text))]).toBe(name)
  })

  it('short texts, numbers and code are "not sure"', () => {
    for (const text of ['Hello there', '12 34 56', 'const x = await f(y) ?? z', ''])
      expect(languageOf(wordsOf(text))).toBe(0)
  })
})

describe('secrets', () => {
  const kinds = (text: string): number[] => findSecrets(text).map((find) => find.kind)
  const dash = '-----'

  it('recognises keys, tokens, signed logins and passwords', () => {
    expect(kinds(`${dash}BEGIN RSA PRIVATE KEY${dash}\nMIIE`)).toEqual([1])
    expect(kinds(`${dash}BEGIN PUBLIC KEY${dash}`)).toEqual([])
    expect(kinds(`key AK${'IA'}Q3EGU7NSXKZ4FVWP.`)).toEqual([2])
    const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')
    expect(kinds(`${head}.eyJzdWIiOiIxMjM0In0.${'aB3_'.repeat(11)}`)).toContain(4)
    expect(kinds('password = "hT7#kq92!mZ"')).toEqual([8])
  })

  it('passes over placeholders, words and things that only begin like a token', () => {
    for (const text of [
      'password = "your password here"',
      'password: "changeme1234"',
      'password = "correcthorse"',
      'AKIAEXAMPLE',
      'ghp_000000000000000000000000000000000000',
      'task-sk-list and sk-learn',
      'eyJub3QgYSBoZWFkZXI.abc.def'
    ])
      expect(kinds(text)).toEqual([])
  })

  it('never shows what it found', () => {
    const [find] = findSecrets('password = "hT7#kq92!mZ"')
    expect(find.masked).not.toContain('hT7')
  })
})

describe('personal data', () => {
  const kinds = (text: string): number[] => findPersonalData(text).map((find) => find.kind)

  it('recognises addresses and numbers by form and check digit', () => {
    expect(kinds('mail jane.doe@gmail.com now')).toEqual([1])
    expect(kinds('call +44 20 7946 0958 or (212) 555-0187')).toEqual([2, 2])
    expect(kinds('card 4539 1488 0343 6467.')).toEqual([4])
    expect(kinds('IBAN DE89 3704 0044 0532 0130 00, thanks')).toContain(8)
    expect(kinds('from 81.2.69.142 at noon')).toEqual([16])
  })

  it('passes over numbers that fail their check, dates, versions, private networks, examples', () => {
    for (const text of [
      'card 4539 1488 0343 6468.',
      'IBAN DE89 3704 0044 0532 0130 01',
      'on 2024-05-17 at 10:30, 1.234.567,89 in total',
      'version 10.2.3.4 and 192.168.0.1 and 127.0.0.1',
      'someone@example.com',
      '0000 0000 0000 0000',
      'a @ b, @name, x@y',
      '3.14159265358979'
    ])
      expect(kinds(text)).toEqual([])
  })

  it('never shows what it found', () => {
    for (const text of ['jane.doe@gmail.com', '4539 1488 0343 6467', '+44 20 7946 0958'])
      for (const find of findPersonalData(text)) expect(text).not.toContain(find.masked)
  })
})

describe('one text', () => {
  it('measures repetition', () => {
    const lines = readText(
      'a first line here\nthe same line\nthe same line\nthe same line\nthe same line'
    )
    expect(lines.numbers[textFact.repeatedLines01]).toBeGreaterThan(0.5)
    const phrase = readText('buy it now today '.repeat(20))
    expect(phrase.numbers[textFact.repeatedWords01]).toBeGreaterThan(0.9)
    const plain = readText(
      'each of these words is here but once and no phrase comes back again in this short line of text'
    )
    expect(plain.numbers[textFact.repeatedWords01]).toBe(0)
  })
})
