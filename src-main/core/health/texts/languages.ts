// Which language a text looks like: by its script, and for Latin and Cyrillic script by the most
// frequent short words of each language. Short or mixed texts are "not sure", never a guess.

/** Languages and scripts by number; 0 is "not sure". */
export const languageNames = [
  'not sure',
  'English',
  'German',
  'French',
  'Spanish',
  'Portuguese',
  'Italian',
  'Dutch',
  'Swedish',
  'Danish or Norwegian',
  'Finnish',
  'Polish',
  'Czech',
  'Hungarian',
  'Romanian',
  'Turkish',
  'Russian',
  'Ukrainian',
  'Bulgarian',
  'Greek',
  'Arabic script',
  'Hebrew',
  'Hindi or another Devanagari language',
  'Chinese',
  'Japanese',
  'Korean',
  'Thai'
] as const

type LanguageName = (typeof languageNames)[number]

/** The most frequent words that tell a language from its neighbours. */
const commonWords: Readonly<Partial<Record<LanguageName, string>>> = {
  English:
    'the of and to in is that it for was with as on be at by this have from or had not are but what all were when we there can an your which their said if do will each how them then she many some so these would other into has more her two him see time could no make than been its who now people my made over did down only way find use may you he his they one i',
  German:
    'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir mich dir was kann wenn doch schon mein keine',
  French:
    'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son aux d\u0027 cette ou ont été mais comme être nous elle vous leur fait ses même deux on tout ces lui peut si bien sans sa je très où entre aussi dont était',
  Spanish:
    'de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien',
  Portuguese:
    'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa num nem suas',
  Italian:
    'di che e la il un a per è in una mi sono ho non ma lo ha le si ti i con cosa se io come da ci no questo qui hai sei del bene tu al me mio perché solo della gli dei delle nel alla più anche suo era loro essere quando tutti fatto ancora dopo ogni molto degli dal nella sua',
  Dutch:
    'de het een van en in is dat op te zijn met voor die niet aan er om ook als dan maar bij of uit nog naar heeft hij ze wordt door over worden was ik je wat hebben kan geen deze zich meer al we tot veel haar jaar werd hun wel moet zo had mijn',
  Swedish:
    'och att det i en som är på av för med den till inte har de ett om var jag men vi så från kan hon när han nu sig efter vid ska sin också eller vad mot under här år där alla mycket bara hade varit skulle måste hur ut dem detta utan sedan',
  'Danish or Norwegian':
    'og det at en den til er som på de med han af av for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være noget jeg meg deg seg også dette bare fordi etter',
  Finnish:
    'ja on ei se että hän oli mutta joka kun niin kuin myös ovat sen tai olla vain mitä voi ole jo nyt minä sitä ne mukaan hänen sekä noin jos ennen kanssa vielä kaikki sitten koska tämä tämän ollut sinä minun jotka siitä asti',
  Polish:
    'w i na z do się nie że jest to o a jak od po przez ale dla za co tym są ze tak przy może tego był czy już było lub jego oraz być tylko bardzo ich który które która jej można gdy sobie pan jeszcze mi jako także tej ma mnie',
  Czech:
    'a se v na je že s z to do o i k ve pro za by ale si po jsem jako jsou od co tak podle aby jeho jen který která které byl byla bylo nebo už při až také není jak který kdy má ještě své bude být může této tím před',
  Hungarian:
    'a az és hogy nem is egy ez meg de azt volt ha csak már van még mint ki vagy el mert nagy amely lehet kell úgy minden most sem olyan valamint akkor között után pedig azonban így ezt ami lesz néhány szerint illetve neki',
  Romanian:
    'de și în a la cu pe nu că o este un din ce mai care pentru să se sunt au ca al fi am fost prin dar sau iar după le era i-a acest această ale foarte are aceste cum unei unui când până doar toate dintre lui fără',
  Turkish:
    've bir bu da de için ile çok ne o gibi daha ama en var mi ben olarak sonra kadar her olan ki değil oldu diye şey bana yok sen onun veya iki göre olduğu ise zaman beni hiç biz şu mu nasıl benim tarafından',
  Russian:
    'и в не на я быть он с что а по это она к но они мы весь который из у вы за так от же для только ее был была было было бы как до еще меня если уже или его чем при есть когда мне очень может того этого их все были нет надо',
  Ukrainian:
    'і в не на я та що з у до як це за він але від про так його для вона ми по же було був була або вони їх мені є також має який яка які більше може коли тому щоб після року під час тільки вже якщо бути ще між цього',
  Bulgarian:
    'и на да в се за не е от че с по са ще като той си до но това които беше тя или след към при което бе който която още има само така те му може през вече всички ги ми тези съм аз също между'
}

const latin = [
  'English',
  'German',
  'French',
  'Spanish',
  'Portuguese',
  'Italian',
  'Dutch',
  'Swedish',
  'Danish or Norwegian',
  'Finnish',
  'Polish',
  'Czech',
  'Hungarian',
  'Romanian',
  'Turkish'
] as const
const cyrillic = ['Russian', 'Ukrainian', 'Bulgarian'] as const

/** For each word the languages that use it, as numbers. */
const languagesOf = new Map<string, number[]>()
for (const [name, words] of Object.entries(commonWords)) {
  // Keys of the record above are language names.
  const language = languageNames.indexOf(name as LanguageName)
  for (const word of new Set(words.split(' '))) {
    const known = languagesOf.get(word)
    if (known === undefined) languagesOf.set(word, [language])
    else known.push(language)
  }
}

/** Fewest words in Latin or Cyrillic script for an answer. */
const wordsLeast = 12
/** Least share of a text's words that are common words of its language. */
const shareLeast = 0.12
/** How much more common words than the second best language has. */
const lead = 1.35
/** Words looked at, spread over the text. */
const wordsMost = 400

/** Number of the language in {@link languageNames}; 0 when not sure. */
export function languageOf(words: readonly string[]): number {
  const step = Math.max(1, Math.floor(words.length / wordsMost))
  const hits = new Float64Array(languageNames.length)
  const scripts = new Map<string, number>()
  let count = 0
  for (let i = 0; i < words.length; i += step) {
    const word = words[i]
    const script = scriptOf(word.codePointAt(0) ?? 0)
    if (script === '') continue
    count++
    scripts.set(script, (scripts.get(script) ?? 0) + 1)
    // A word that several languages share says less for each.
    const known = languagesOf.get(word)
    for (const language of known ?? []) hits[language] += 1 / Math.sqrt(known?.length ?? 1)
  }
  const [script, most] = [...scripts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? [
    '',
    0
  ]
  // Half one script, half another: not one language.
  if (most < 0.6 * count) return japaneseOr(scripts, count)
  if (script === 'latin') return count < wordsLeast ? 0 : bestOf(latin, hits, count)
  if (script === 'cyrillic') return count < wordsLeast ? 0 : bestOf(cyrillic, hits, count)
  if (count < 4) return 0
  if (script === 'han') return japaneseOr(scripts, count) || index('Chinese')
  return index(scriptLanguages[script] ?? 'not sure')
}

const scriptLanguages: Readonly<Record<string, LanguageName>> = {
  greek: 'Greek',
  arabic: 'Arabic script',
  hebrew: 'Hebrew',
  devanagari: 'Hindi or another Devanagari language',
  kana: 'Japanese',
  hangul: 'Korean',
  thai: 'Thai'
}

function index(name: LanguageName): number {
  return languageNames.indexOf(name)
}

/** Japanese mixes kana and Han; one kana in ten characters tells it from Chinese. */
function japaneseOr(scripts: ReadonlyMap<string, number>, count: number): number {
  const kana = scripts.get('kana') ?? 0
  const han = scripts.get('han') ?? 0
  return kana + han >= 0.6 * count && kana >= 0.1 * count ? index('Japanese') : 0
}

function bestOf(names: readonly LanguageName[], hits: Float64Array, count: number): number {
  let best = 0
  let second = 0
  for (const name of names) {
    const language = index(name)
    if (best === 0 || hits[language] > hits[best]) {
      second = best === 0 ? 0 : hits[best]
      best = language
    } else second = Math.max(second, hits[language])
  }
  return hits[best] >= shareLeast * count && hits[best] >= lead * second ? best : 0
}

function scriptOf(code: number): string {
  if (code < 0x30) return ''
  if (code >= 0x30 && code <= 0x39) return ''
  if (code < 0x250) return 'latin'
  if (code >= 0x1e00 && code < 0x1f00) return 'latin'
  if (code >= 0x370 && code < 0x400) return 'greek'
  if (code >= 0x1f00 && code < 0x2000) return 'greek'
  if (code >= 0x400 && code < 0x530) return 'cyrillic'
  if (code >= 0x590 && code < 0x600) return 'hebrew'
  if (code >= 0x600 && code < 0x780) return 'arabic'
  if (code >= 0x900 && code < 0x980) return 'devanagari'
  if (code >= 0xe00 && code < 0xe80) return 'thai'
  if (code >= 0x3040 && code < 0x3100) return 'kana'
  if ((code >= 0x3400 && code < 0xa000) || (code >= 0x20000 && code < 0x40000)) return 'han'
  if ((code >= 0xac00 && code < 0xd7b0) || (code >= 0x1100 && code < 0x1200)) return 'hangul'
  return 'other'
}
