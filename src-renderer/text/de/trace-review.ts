// German words of the screen on which one attempt of an agent is reviewed.
import type { CorrectionPlayer } from '@api/dto/trace-runner.ts'
import type { TraceEventKind, TraceStepView } from '@api/dto/trace-sets.ts'
import type { StepMark, Verdict } from '@api/dto/trace-reviews.ts'
import type { SuggestionTier, TraceOutcome } from '@api/dto/traces.ts'
import type { DetailLevel } from '../../stores/trace-review-reading.ts'
import type * as en from '../en/trace-review.ts'
import { formatCount, formatNumber, formatPoints } from '../format.ts'
import type { Words } from '../language.ts'

/** "Schritt 4": steps are counted from 1 for people. */
const stepName = (index: number): string => `Schritt ${formatNumber(index + 1)}`
const attemptName = (trial: number): string => `Versuch ${formatNumber(trial + 1)}`

/** The screen and its head. */
export const review: Words<typeof en.review> = {
  title: 'Durchsicht',
  place: (at, of) => `${at} von ${of}`,
  left: (time) => `noch ${time}`,
  allDone: 'alles durchgesehen',
  saved: 'gespeichert',
  saving: 'wird gespeichert',
  notSaved: 'Nicht gespeichert',
  notSavedWhy: (why, waiting) =>
    `Nicht gespeichert: ${why} ${formatCount(waiting, 'Änderung wartet', 'Änderungen warten')}.`,
  leaveOut: 'Diese Änderung weglassen',
  single: 'Durchsicht außerhalb eines Stapels',
  questions: 'Fragen ändern',
  secondLook: 'Zweiter Blick',
  blind: 'Verdeckt',
  blindHelp: 'Namen, Ausgänge und Vorschläge erscheinen, sobald diese Durchsicht erledigt ist.',
  why: (reason) => `Hier, weil: ${reason}`,
  states: { draft: 'Begonnen', done: 'Erledigt', skipped: 'Zurückgestellt' },
  done: 'Erledigt und weiter',
  doneSingle: 'Erledigt',
  putOff: 'Zurückstellen',
  reopen: 'Diese Durchsicht ändern',
  report: 'Bericht ansehen',
  finished: 'Alle Versuche dieses Stapels sind durchgesehen.',
  emptyQueue: 'Dieser Stapel hat keine Versuche',
  emptyQueueText: 'Kein Versuch passte zum Plan, oder alle wurden entfernt.',
  removed: 'Dieser Versuch lässt sich nicht öffnen',
  next: 'Nächster Versuch',
  loading: 'Der Versuch wird geöffnet',
  notDone: 'Noch nicht erledigt',
  readOnly: 'Dieses Projekt ist nur zum Lesen geöffnet: Vermerke werden nicht gespeichert.',
  leaveTitle: 'Mit nicht gespeicherten Änderungen verlassen?',
  leaveText: (waiting) =>
    waiting === 1
      ? '1 Änderung dieser Durchsicht konnte nicht gespeichert werden.'
      : `${formatNumber(waiting)} Änderungen dieser Durchsicht konnten nicht gespeichert werden.`,
  leave: 'Verlassen',
  stay: 'Bleiben',
  nothing: {
    'no-error': 'Keine weitere Fehlermeldung in dieser Richtung.',
    'no-finding': 'Kein weiterer Befund in dieser Richtung.',
    'no-sibling': 'Kein anderer Versuch an dieser Aufgabe ist gelungen.',
    hidden: 'Das bleibt verborgen, bis die Durchsicht erledigt ist.'
  },
  outcomes: {
    pass: 'Gelungen',
    fail: 'Gescheitert',
    partial: 'Teilweise',
    unknown: 'Ausgang nicht bekannt'
  } satisfies Record<TraceOutcome, string>,
  hiddenOutcome: 'Ausgang verborgen',
  keyWith: (label, key) => `${label} (${key})`
}

/** The list of steps on the left. */
export const stepList: Words<typeof en.stepList> = {
  title: 'Schritte',
  count: (shown) => formatCount(shown, 'Schritt', 'Schritte'),
  showAbandoned: (count) => `Abgebrochene Anläufe und Helfer anzeigen (${formatNumber(count)})`,
  none: 'Keine Schritte',
  noneText:
    'In diesem Protokoll hat der Agent nichts entschieden. Lesen Sie die Ereignisse und beurteilen Sie das Ganze.',
  kinds: { call: 'Werkzeugaufruf', talk: 'Gesagt', thought: 'Gedanke' } satisfies Record<
    TraceStepView['kind'],
    string
  >,
  error: 'Fehlermeldung',
  refused: 'liest sich wie eine Weigerung',
  repeats: (count) => `derselbe Aufruf ×${formatNumber(count)}`,
  lane: (lane) => `Nebenlinie ${formatNumber(lane)}`,
  firstWrong: 'erster Fehler',
  decisive: 'entscheidender Fehler',
  corrected: 'korrigiert',
  findings: (count) => formatCount(count, 'Befund', 'Befunde'),
  marks: {
    good: 'gut',
    bad: 'schlecht',
    neutral: 'weder gut noch schlecht',
    recovered: 'behoben',
    irrelevant: 'ohne Bedeutung'
  } satisfies Record<StepMark, string>,
  map: 'Wo Fehlermeldungen, Änderungen und Vermerke sind'
}

/** The events in the middle. */
export const transcript: Words<typeof en.transcript> = {
  title: 'Ereignisse',
  goal: 'Aufgabe',
  search: 'In diesem Versuch suchen',
  searchPlaceholder: 'Suchen',
  hits: (at, total) => `${at} von ${total}`,
  noHits: 'Nicht gefunden',
  searching: 'Wird gesucht',
  nextHit: 'Nächste Stelle',
  previousHit: 'Vorherige Stelle',
  kinds: 'Arten',
  kindsTitle: 'Diese Arten anzeigen',
  kindsHidden: (count) => `Arten (${formatNumber(count)} ausgeblendet)`,
  showAll: 'Alle Arten anzeigen',
  nothing: 'Nichts anzuzeigen',
  nothingText: 'Alle Arten von Ereignissen in diesem Versuch sind ausgeblendet.',
  level: 'Ausführlichkeit',
  levels: { whole: 'Alles', short: 'Kurz', outline: 'Gliederung' } satisfies Record<
    DetailLevel,
    string
  >,
  diff: 'Anzeigen, was sich geändert hat',
  warnings: 'Zu diesem Protokoll',
  event: (seq, kind) => `Ereignis ${seq}: ${kind}`,
  eventKinds: {
    system: 'Anweisungen',
    user: 'Person',
    assistant: 'Agent',
    thought: 'Gedanke',
    'tool-call': 'Werkzeugaufruf',
    'tool-result': 'Ergebnis',
    observation: 'Bildschirm',
    score: 'Wertung',
    error: 'Fehlermeldung',
    state: 'Zustand',
    info: 'Hinweis im Protokoll'
  } satisfies Record<TraceEventKind, string>,
  hiddenScore: 'Die Wertung bleibt verborgen, bis die Durchsicht erledigt ist.',
  failed: 'Diese Ereignisse konnten nicht gelesen werden',
  empty: 'Hier wurde nichts geschrieben.',
  noArguments: 'Keine Angaben',
  longArguments: (size) => `Angaben anzeigen (${size})`,
  moreLines: (count) =>
    count === '1' ? '1 weitere Zeile anzeigen' : `${count} weitere Zeilen anzeigen`,
  fewerLines: 'Einklappen',
  showRest: (size) => `Alle ${size} anzeigen`,
  showMore: (size, left) => `${size} mehr anzeigen (noch ${left})`,
  partFailed: (why) => `Der Rest konnte nicht gelesen werden: ${why}`,
  unchanged: 'Seit dem vorigen hat sich nichts geändert.',
  tooDifferent: 'Es hat sich zu viel geändert, um es Zeile für Zeile zu zeigen.',
  same: (lines) => (lines === '1' ? '1 gleiche Zeile' : `${lines} gleiche Zeilen`),
  added: 'neu',
  gone: 'entfallen',
  page: 'Die Seite, wie der Agent sie sah',
  pageNote: 'Gezeichnet ohne ihre Skripte, Gestaltung und Links.',
  picture: (name) => `Bild ${name}`,
  pictureFailed: 'Dieses Bild kann nicht gezeigt werden.',
  file: (name, size) => `${name} (${size})`,
  unnamed: 'ohne Namen',
  showFile: 'Anzeigen',
  here: (index) => stepName(index),
  copy: 'Kopieren',
  fold: 'Einklappen',
  unfold: 'Ausklappen',
  time: (text) => `nach ${text}`
}

/** A structured value. */
export const tree: Words<typeof en.tree> = {
  label: 'Angaben',
  items: (count) => formatCount(count, 'Eintrag', 'Einträge'),
  more: (count) => `${count} weitere anzeigen`,
  empty: 'leer',
  yes: 'ja',
  no: 'nein',
  nothing: 'nichts'
}

/** The form on the right. */
export const rubric: Words<typeof en.rubric> = {
  title: 'Ihre Durchsicht',
  verdict: 'Ist es gelungen?',
  verdicts: {
    pass: 'Ja',
    fail: 'Nein',
    partial: 'Teilweise',
    unsure: 'Unsicher'
  } satisfies Record<Verdict, string>,
  steps: 'Fehler',
  at: (index) => stepName(index),
  here: (index) => `Vermerke zu ${stepName(index)}`,
  firstWrong: 'Erster Fehler',
  decisive: 'Entscheidender Fehler',
  notMarked: 'nicht vermerkt',
  takeBack: (what) => `Zurücknehmen: ${what}`,
  noneWrong: 'Kein Schritt ist falsch; die Aufgabe oder ihre Prüfung ist es',
  good: 'Gut',
  bad: 'Schlecht',
  recovered: 'Behoben',
  decisiveShort: 'Entscheidend',
  correctShort: 'Korrigieren',
  correctedShort: 'Korrigiert',
  confidence: 'Wie sicher sind Sie?',
  confidences: ['Geraten', 'Ziemlich sicher', 'Ganz sicher'],
  keep: 'Für das Training behalten?',
  keeps: { yes: 'Ja', no: 'Nein', unsure: 'Unsicher' },
  questions: 'Fragen',
  required: 'nötig',
  answerUnsure: 'Unsicher',
  scale: (value) => `${value} von 5`,
  reasons: 'Warum nicht?',
  tags: 'Schlagwörter',
  addTag: 'Schlagwort hinzufügen',
  tagTitle: 'Schlagwörter',
  tagFor: 'Für',
  tagWhole: 'den ganzen Versuch',
  tagStep: (index) => stepName(index),
  newTag: 'Ein eigenes Schlagwort',
  removeTag: (tag) => `Schlagwort „${tag}“ entfernen`,
  stepTag: (tag, index) => `${tag} (${stepName(index)})`,
  note: 'Notiz',
  stepNote: (index) => `Notiz zu ${stepName(index)}`,
  flag: 'Für später vormerken',
  undo: (what) => `Rückgängig: ${what}`,
  redo: (what) => `Wiederholen: ${what}`,
  undoNone: 'Nichts rückgängig zu machen',
  redoNone: 'Nichts zu wiederholen'
}

/** How sure a suggestion is, and what it rests on. */
type Confidence = 'high' | 'medium' | 'low'
const confidences: Readonly<Record<Confidence, string>> = {
  high: 'Gute Gründe',
  medium: 'Einige Gründe',
  low: 'Eine Vermutung'
}
const tiers: Readonly<Record<SuggestionTier, string>> = {
  writes: 'Verglichen mit gelungenen Versuchen: was sie geändert haben und was dieser getan hat.',
  tree: 'Verglichen mit gelungenen Versuchen: wo dieser ihren Weg verlassen hat.',
  alignment: 'Verglichen mit dem gelungenen Versuch, der ihm am ähnlichsten ist.',
  error:
    'Von dieser Aufgabe gibt es keinen gelungenen Versuch: eine Vermutung nach der ersten Fehlermeldung.',
  position:
    'Kein gelungener Versuch und keine Fehlermeldung: eine Vermutung danach, wo Fehler meistens liegen.'
}

function rankSentence(rank: number | null): string {
  if (rank === null) return 'Kein gelungener Versuch hat das hier getan.'
  return rank === 1
    ? 'Das haben gelungene Versuche hier am häufigsten getan.'
    : `Das ist hier die ${formatNumber(rank)}. Wahl der gelungenen Versuche.`
}

/** What is suggested without a model, and what other people said. */
export const suggestion: Words<typeof en.suggestion> = {
  title: 'Vorschlag',
  ask: 'Vorschlag anzeigen',
  askHelp:
    'Nach Regeln gebildet, ohne Modell. Dass Sie ihn gesehen haben, wird bei der Durchsicht vermerkt.',
  asking: 'Der erste Fehler wird gesucht',
  failed: 'Der Vorschlag ließ sich nicht bilden',
  at: (index) => `Erster Fehler: ${stepName(index)}`,
  go: 'Dorthin gehen',
  accept: 'Übernehmen',
  dismiss: 'Ablehnen',
  accepted: 'Übernommen',
  dismissed: 'Abgelehnt',
  none: 'Kein Vorschlag',
  plain: (index) => `Die einfache Regel daneben sagt ${stepName(index)}.`,
  grounds: ({ tier, confidence }) => `${confidences[confidence]}. ${tiers[tier]}`,
  plausible: ({ rank, isKnown, advantage }) => {
    if (!isKnown) return 'Kein gelungener Versuch kam je hierher.'
    const moved =
      Math.abs(advantage) < 0.05
        ? ''
        : ` Der Anteil, der von hier aus gelingt, änderte sich dadurch um ${formatPoints(advantage, 0)}.`
    return `${rankSentence(rank)}${moved}`
  },
  usual: 'Wie üblich das ist:',
  others: 'Durchsichten anderer',
  othersFailed: 'Andere Durchsichten konnten nicht gelesen werden',
  byReviewer: (name) => `Von ${name}`,
  earlier: (pass) => `${formatNumber(pass)}. Blick`,
  noVerdict: 'Kein Urteil'
}

/** A language model on this computer, asked about an attempt. */
export const reviewModel: Words<typeof en.reviewModel> = {
  title: 'Ein Modell auf diesem Computer',
  none: 'Auch ein Sprachmodell, das auf diesem Computer läuft, kann gefragt werden. Es ist keines eingerichtet.',
  setUp: 'Modell einrichten',
  change: 'Modell ändern',
  ask: (name) => `${name} fragen`,
  look: 'Zuerst die Frage lesen',
  looking: 'Die Frage wird zusammengestellt',
  asking: (name) => `Warten auf ${name}`,
  failed: 'Das Modell konnte nicht gefragt werden',
  step: (index) => `Erster Fehler: ${stepName(index)}`,
  noStep: 'Es findet keinen falschen Schritt.',
  refused: 'Die Antwort ist nicht zu gebrauchen',
  instead: 'Es hätte getan:',
  confidence: {
    low: 'Es sagt, dass es rät.',
    medium: 'Es sagt, dass es ziemlich sicher ist.',
    high: 'Es sagt, dass es sicher ist.'
  } satisfies Record<Confidence, string>,
  doubt: 'Ein Entwurf zum Nachprüfen: Modelle nennen oft einen Schritt in der Nähe.',
  kept: 'Schon früher gefragt; diesmal wurde nichts gesendet.',
  soFar: (exact, near, marks) =>
    marks === 0
      ? 'Noch nicht mit Vermerken von Menschen verglichen.'
      : `Bisher nannte es bei ${formatNumber(exact)} von ${formatCount(marks, 'Versuch', 'Versuchen')} den vermerkten Schritt und bei ${formatNumber(near)} einen, der höchstens einen Schritt danebenliegt.`,
  takeStep: 'Diesen Schritt vermerken',
  stepTaken: 'Vermerkt',
  takeCorrection: 'Korrektur übernehmen',
  correctionTaken: 'Übernommen',
  words: 'Frage und Antwort lesen',
  wordsTitle: 'Frage und Antwort',
  wordsHelp: 'Genau so, wie sie gesendet und empfangen werden.',
  leftOut: 'Nicht in der Frage',
  instructions: 'Anweisungen',
  question: 'Frage',
  answer: 'Antwort',
  notAsked: 'Noch nicht gefragt: Es wurde nichts gesendet.',
  took: (time) => `Das dauerte ${time}.`,
  dialogTitle: 'Ein Modell für Vorschläge',
  dialogText:
    'Wenn Sie fragen, gehen die Aufgabe und das Protokoll des Versuchs an einen Server unter der Adresse unten. Nur Adressen auf diesem Computer werden angenommen. Jede Frage und jede Antwort wird im Projektordner aufbewahrt.',
  allow: 'Ich möchte ein Modell auf diesem Computer fragen',
  address: 'Adresse des Modells',
  addressHelp: 'Die eines Servers auf diesem Computer, der wie der von OpenAI anzusprechen ist',
  name: 'Name des Modells',
  size: 'Zeichen einer Frage, höchstens',
  sizeHelp:
    'Längere Protokolle werden gekürzt, und die Frage sagt, wo. Vier Zeichen sind etwa eine Einheit, wie ein Modell sie liest.',
  save: 'Speichern'
}

/** A correction that is tried on the page. */
export const tries: Words<typeof en.tries> = {
  start: 'Diese Korrektur ausprobieren',
  help: 'Spielt die Seite bis zu diesem Schritt, tut, was die Korrektur sagt, und macht dann weiter. Daraus wird ein weiterer Versuch an dieser Aufgabe.',
  needsFolder: 'Sie werden nach dem Ordner der Seiten gefragt.',
  player: 'Wer weitermacht',
  players: {
    same: 'Wer vorher gespielt hat',
    script: 'Ein Skript, das die Aufgabe kennt',
    chance: 'Der Zufall'
  } satisfies Record<CorrectionPlayer, string>,
  running: 'Die Seite wird gespielt',
  waiting: 'Wartet, bis andere Arbeit fertig ist',
  stop: 'Abbrechen',
  failed: 'Die Korrektur konnte nicht ausprobiert werden',
  solved: (trial) => `${attemptName(trial)} hat die Aufgabe gelöst.`,
  notSolved: (trial) => `${attemptName(trial)} hat die Aufgabe nicht gelöst.`,
  beside: 'Nebeneinander'
}

/** What the agent should have done instead. */
export const correction: Words<typeof en.correction> = {
  title: (index) => `Was bei ${stepName(index)} hätte geschehen sollen`,
  which: 'Anstelle von',
  verb: 'Werkzeug',
  say: 'Etwas sagen',
  text: 'Was hätte gesagt werden sollen',
  fields: 'Angaben',
  noFields: 'Dieses Werkzeug wurde ohne Angaben aufgerufen.',
  add: 'Angabe hinzufügen',
  addEntry: 'Eintrag hinzufügen',
  fieldName: 'Name der Angabe',
  kind: 'Art',
  kinds: {
    text: 'Text',
    number: 'Zahl',
    'yes-no': 'Ja oder nein',
    list: 'Liste',
    group: 'Gruppe',
    nothing: 'Nichts'
  },
  entry: (position) => `Eintrag ${formatNumber(position + 1)}`,
  removeField: (name) => `${name} entfernen`,
  notANumber: 'Schreiben Sie eine Zahl.',
  noText: 'Schreiben Sie, was hätte gesagt werden sollen.',
  thought: 'Was der Agent davor hätte denken sollen',
  why: 'Warum',
  save: 'Korrektur behalten',
  remove: 'Korrektur entfernen',
  unreadable: 'Die Angaben dieses Aufrufs konnten nicht gelesen werden',
  before: (text) => `War: ${text}`,
  changed: 'geändert'
}

/** Attempts at the same task. */
export const siblings: Words<typeof en.siblings> = {
  title: 'Versuche an dieser Aufgabe',
  attempt: (trial) => attemptName(trial),
  steps: (count) => formatCount(count, 'Schritt', 'Schritte'),
  this: 'dieser hier',
  compare: 'Nebeneinander',
  compareWith: (trial) => `Neben ${attemptName(trial)} stellen`,
  close: 'Zurück zu den Ereignissen',
  title2: (trial, outcome) => `${attemptName(trial)} · ${outcome}`,
  thisTitle: (outcome) => `Dieser Versuch · ${outcome}`,
  failed: 'Die Versuche konnten nicht verglichen werden',
  loading: 'Wird verglichen',
  equal: 'Beide gingen dieselben Schritte.',
  relations: {
    same: 'gleich',
    'other-arguments': 'andere Angaben',
    different: 'verschieden',
    'left-only': 'nur hier',
    'right-only': 'nur dort'
  },
  first: 'Erster Unterschied',
  toFirst: 'Zum ersten Unterschied',
  missing: 'kein solcher Schritt',
  absent: 'nicht angegeben'
}

/** What each key does, on its button and on the sheet. */
export const commandWords: Words<typeof en.commandWords> = {
  'step-next': 'Nächster Schritt',
  'step-previous': 'Voriger Schritt',
  'finding-next': 'Nächster Befund',
  'finding-previous': 'Voriger Befund',
  'error-next': 'Nächste Fehlermeldung',
  'error-previous': 'Vorige Fehlermeldung',
  'trace-next': 'Nächster Versuch',
  'trace-previous': 'Voriger Versuch',
  'first-step': 'Erster Schritt',
  'last-step': 'Letzter Schritt',
  search: 'In diesem Versuch suchen',
  kinds: 'Arten von Ereignissen wählen',
  detail: 'Mehr oder weniger ausführlich',
  pass: 'Gelungen',
  fail: 'Gescheitert',
  partial: 'Teilweise gelungen',
  unsure: 'Unsicher',
  'first-wrong': 'Erster Fehler hier',
  decisive: 'Entscheidender Fehler hier',
  recovered: 'Hier behoben',
  good: 'Guter Schritt',
  bad: 'Schlechter Schritt',
  'none-wrong': 'Kein Schritt ist falsch',
  correct: 'Aktion korrigieren',
  tag: 'Schlagwort hinzufügen',
  note: 'Notiz schreiben',
  flag: 'Für später vormerken',
  keep: 'Für das Training behalten: ja, nein, unsicher',
  questions: 'Zu den Fragen',
  accept: 'Vorschlag anzeigen, dann übernehmen',
  dismiss: 'Vorschlag ablehnen',
  compare: 'Neben den besten Versuch stellen',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  done: 'Erledigt und weiter',
  'put-off': 'Zurückstellen und weiter',
  cancel: 'Schließen, ein Feld verlassen',
  keys: 'Diese Übersicht'
}

/** The sheet of keys. */
export const reviewKeys: Words<typeof en.reviewKeys> = {
  title: 'Tasten der Durchsicht',
  help: 'Einzelne Tasten ruhen, während Sie schreiben. Ein Klick auf eine Taste vergibt eine andere.',
  press: 'Neue Taste drücken',
  change: (what, key) => `${what}: ${key}. Taste ändern`,
  taken: 'Diese Taste lässt sich hier nicht verwenden.',
  swapped: (what, key) => `${what} liegt jetzt auf ${key}.`,
  restore: 'Übliche Tasten wiederherstellen',
  groups: {
    move: 'Bewegen',
    read: 'Lesen',
    judge: 'Urteilen',
    rest: 'Durchsicht'
  },
  also: 'Auch die Pfeiltasten führen von Schritt zu Schritt.'
}
