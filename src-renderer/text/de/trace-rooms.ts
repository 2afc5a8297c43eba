// German words of finding the way in buildings: adding a folder, the plan, measurements, one walk drawn.
import type { RoomsEffort, RoomsFile, RoomsSpread, RoomsWalker } from '@api/dto/trace-rooms.ts'
import type * as en from '../en/trace-rooms.ts'
import { formatAboutRange, formatCount, formatNumber, formatPercent } from '../format.ts'
import type { Words } from '../language.ts'

const walkers: Readonly<Record<RoomsWalker, string>> = {
  planner: 'Planer',
  local: 'Planer ohne Nachrichten',
  nearest: 'Nächster Ort, mit Umkehr',
  greedy: 'Geradewegs zum Ziel',
  random: 'Zufällig',
  shortest: 'Kürzester Weg'
}

const efforts: Readonly<Record<RoomsEffort, string>> = {
  quick: 'Schnell',
  usual: 'Üblich',
  thorough: 'Gründlich'
}

const kinds: Readonly<Record<RoomsFile['kind'], string>> = {
  building: 'Gebäude',
  paths: 'Wege',
  other: 'Keines von beiden',
  damaged: 'Beschädigt'
}

const range = (value: RoomsSpread, show: (value: number) => string): string =>
  value.low === null || value.high === null
    ? show(value.mean)
    : `${show(value.mean)} (${show(value.low)} bis ${show(value.high)})`
const share = (value: number): string => formatNumber(100 * value, 1)
const metres = (value: number): string => formatNumber(value, 1)
const paths = (count: number): string => formatCount(count, 'Weg', 'Wege')
const runs = (count: number): string => formatCount(count, 'Lauf', 'Läufe')

/** Words of the screens about buildings and paths. */
export const traceRooms: Words<typeof en.traceRooms> = {
  title: 'Den Weg finden',
  intro:
    'Ein Planer lernt in einigen Gebäuden, den Weg von Raum zu Raum zu finden, und wird in anderen gemessen, neben einfachen Arten zu gehen.',
  back: 'Alle Sammlungen',
  readOnly:
    'Dieses Projekt ist nur zum Lesen geöffnet, deshalb kann nichts hinzugefügt oder gemessen werden.',
  folder: 'Gebäude und Wege',
  folderHelp:
    'Ein Ordner in der Form „Room-to-Room“: je Gebäude eine Datei mit Orten, dazu Listen von Wegen. Bilder werden nicht gebraucht.',
  choose: 'Ordner hinzufügen',
  chooseOther: 'Anderen Ordner wählen',
  reading: 'Der Ordner wird gelesen',
  readFailed: 'Der Ordner konnte nicht gelesen werden',
  found: ({ buildings, paths: count }) =>
    `${formatCount(buildings.length, 'Gebäude', 'Gebäude')} und ${paths(count)}`,
  leftAlone: (count) =>
    count === 1
      ? '1 andere Datei wird nicht gebraucht.'
      : `${formatNumber(count)} andere Dateien werden nicht gebraucht.`,
  problems: (count) =>
    count === 1
      ? '1 Sache konnte nicht gelesen werden; der Rest wird verwendet.'
      : `${formatNumber(count)} Dinge konnten nicht gelesen werden; der Rest wird verwendet.`,
  files: 'Dateien des Ordners',
  fileColumns: {
    name: 'Datei',
    kind: 'Was sie ist',
    count: 'Gelesen',
    problem: 'Was nicht stimmt'
  },
  fileKind: (kind) => kinds[kind],
  name: 'Name der neuen Sammlung',
  add: 'Hinzufügen',
  addFailed: 'Der Ordner konnte nicht hinzugefügt werden',
  adding: 'Wird hinzugefügt',
  stop: 'Abbrechen',
  set: 'Sammlung',
  noSets: 'Noch keine Gebäude. Fügen Sie zuerst einen Ordner hinzu.',
  openSet: 'Als Verläufe öffnen',
  buildingsFailed: 'Die Gebäude konnten nicht gelesen werden',
  plan: 'Lernen und messen',
  suggested: 'Wie vorgeschlagen',
  suggestedHelp:
    'Wo es mindestens zwei Gebäude gibt, wird in denen, die zum Messen dienen, nie gelernt.',
  buildings: 'Gebäude',
  columns: {
    building: 'Gebäude',
    places: 'Orte',
    paths: 'Wege',
    learn: 'Darin lernen',
    measure: 'Darin messen'
  },
  learnIn: (scan) => `In ${scan} lernen`,
  measureIn: (scan) => `In ${scan} messen`,
  pathsOf: ({ paths: parts }) =>
    parts.length === 0
      ? 'keine'
      : parts.map(({ split, count }) => `${formatNumber(count)} ${split}`).join(', '),
  seen: (count) =>
    `In ${formatCount(count, 'Gebäude', 'Gebäuden')} wird sowohl gelernt als auch gemessen: Jeder fünfte Weg bleibt dem Messen vorbehalten, aber über unbekannte Gebäude sagt das Ergebnis nichts.`,
  effort: 'Aufwand',
  efforts: {
    quick: { title: efforts.quick, text: '8 Runden mit je 32 Gängen: ein erster Eindruck' },
    usual: { title: efforts.usual, text: '30 Runden mit je 32 Gängen' },
    thorough: { title: efforts.thorough, text: '60 Runden mit je 32 Gängen' }
  },
  runs: 'Läufe',
  runsHelp:
    'Jeder Lauf lernt und geht von Neuem. Mehrere Läufe zeigen, wie stark die Zahlen schwanken.',
  repeat: 'Wiederholungscode',
  repeatHelp: 'Derselbe Code ergibt auf diesem Computer wieder dieselben Zahlen.',
  walks: 'Gänge, die je Lauf höchstens gemessen werden',
  hint: 'Wie ungenau das Ziel genannt wird',
  hintHelp:
    'Wer geht, erfährt ungefähr, wo das Ziel ist; das ist der übliche Fehler in jeder Richtung.',
  without: 'Auch einen Planer messen, der auf seiner Karte keine Nachrichten weitergibt',
  counts: (train, test) => `${paths(train)} zum Lernen, ${paths(test)} zum Messen`,
  time: (low, high) => `Dauert ${formatAboutRange(low, high)}`,
  timing: 'Es wird ausprobiert, wie schnell dieser Computer lernt',
  noTime: 'Wie lange es dauert, lässt sich nicht sagen, solange andere Arbeit läuft.',
  start: 'Starten',
  startFailed: 'Der Start ist nicht gelungen',
  planFailed: 'Der Plan konnte nicht geprüft werden',
  measurements: 'Messungen',
  none: 'In diesen Gebäuden wurde noch nichts gemessen.',
  runLine: ({ plan }) =>
    `Gelernt in ${formatCount(plan.train.length, 'Gebäude', 'Gebäuden')}, gemessen in ${formatNumber(plan.test.length)}; Aufwand: ${efforts[plan.effort].toLowerCase()}, ${runs(plan.runs)}, Wiederholungscode ${plan.seed}`,
  open: 'Ergebnis öffnen',
  pause: 'Anhalten',
  goOn: 'Fortsetzen',
  remove: 'Entfernen',
  removed: 'Die Messung wurde entfernt.',
  states: {
    failed: 'fehlgeschlagen',
    cancelled: 'abgebrochen',
    interrupted: 'unterbrochen',
    paused: 'angehalten'
  },
  notes: {
    none: 'Anweisungen werden nicht gelesen und Bilder nicht verwendet: Wie Orte aussehen, wird aus ihren Namen erdacht. Die Zahlen lassen sich nicht mit veröffentlichten vergleichen.'
  },

  resultTitle: 'Wie der Weg gefunden wurde',
  backToPlans: 'Zurück zu den Messungen',
  resultFailed: 'Das Ergebnis konnte nicht gelesen werden',
  facts: (walked, runCount, decisions) =>
    `${formatCount(walked, 'Gang', 'Gänge')}${runCount === 1 ? '' : ` in jedem von ${formatNumber(runCount)} Läufen`}, mit je höchstens ${formatCount(decisions, 'Entscheidung', 'Entscheidungen')}`,
  timeTaken: (duration, device) => `Dauerte ${duration} auf ${device}`,
  table: 'Gemessen',
  over: {
    runs: 'In Klammern: wo das Mittel über die Läufe mit 95 % Sicherheit liegt.',
    walks:
      'In Klammern: wo das Mittel über die Gänge mit 95 % Sicherheit liegt; es gab nur einen Lauf.'
  },
  measures: {
    walker: 'Wer geht',
    success: 'Ziel erreicht, %',
    spl: 'SPL, %',
    ndtw: 'nDTW, %',
    metres: 'Gegangene Meter'
  },
  meanings:
    'Erreicht: endet höchstens 3 Meter vom Ziel, entlang der Wege gemessen. SPL: erreicht, gewichtet danach, wie direkt der Gang war. nDTW: wie eng der Gang dem Weg aus den Daten folgte.',
  walker: (walker) => walkers[walker],
  spread: (value) => range(value, share),
  metresSpread: (value) => range(value, metres),
  ahead: 'Wie viel mehr der Planer erreicht, auf denselben Gängen',
  comparedWith: 'Verglichen mit',
  eachRun: 'Jeder Lauf',
  runName: (run) => `Lauf ${formatNumber(run + 1)}`,
  saveTable: 'Als Tabelle speichern',
  saveAll: 'Alle Zahlen speichern',
  saved: 'Die Zahlen wurden gespeichert.',
  fileName: (name) => `${name} Wegfindung`,

  episode: 'Ein Gang',
  episodeFailed: 'Der Gang konnte nicht gezeichnet werden',
  drawingWalk: 'Der Gang wird gezeichnet',
  run: 'Lauf',
  who: 'Wessen Gang',
  previous: 'Voriger Gang',
  next: 'Nächster Gang',
  walkName: (at, total) => `Gang ${formatNumber(at + 1)} von ${formatNumber(total)}`,
  walkFacts: (scan, path) => `Gebäude ${scan}, Weg ${path}`,
  walkEnd: (success, walked, ndtw) =>
    `${success === 1 ? 'Ziel erreicht' : 'Ziel nicht erreicht'}, ${metres(walked)} m gegangen, nDTW ${formatPercent(ndtw, 0)}`,
  instruction: 'Anweisung in den Daten (wird hier von niemandem gelesen)',
  views: { label: 'Wie der Gang gezeigt wird', drawing: 'Zeichnung', table: 'Tabelle' },
  drawing: (scan) => `Wege durch ${scan}`,
  keys:
    'Pfeiltasten führen von Ort zu Ort, Eingabe zeigt Näheres zu einem Ort, Plus und Minus ändern die Größe, ' +
    'Umschalt mit einer Pfeiltaste verschiebt die Zeichnung, 0 zeigt alles.',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  fit: 'Ganzes Gebäude anzeigen',
  above: 'Von oben gesehen; Stockwerke liegen übereinander.',
  legend: {
    visited: 'War dort',
    frontier: 'Gesehen, nicht hingegangen',
    unknown: 'Nie gesehen',
    walk: 'Der Gang mit seinen Schritten',
    route: 'Der Weg aus den Daten',
    hint: 'Wo das Ziel liegen sollte'
  },
  startPlace: 'Start',
  goalPlace: 'Ziel',
  place: (id, kind, steps) =>
    kind === 'visited'
      ? `${id}: dort bei ${steps.length === 1 ? 'Schritt' : 'den Schritten'} ${steps.map((step) => formatNumber(step)).join(', ')}`
      : `${id}: ${kind === 'frontier' ? 'gesehen, nicht hingegangen' : 'nie gesehen'}`,
  stepTable: 'Schritte des Gangs',
  stepColumns: {
    step: 'Schritt',
    place: 'Ort',
    metres: 'Meter bisher',
    onRoute: 'Auf dem Weg aus den Daten',
    again: 'War schon dort'
  },
  yes: 'Ja',
  no: 'Nein'
}
