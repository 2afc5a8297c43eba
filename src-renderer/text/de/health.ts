// German words of data health: the check, its findings, going through them, the strip on Home.
import type * as en from '../en/health.ts'
import { formatCount } from '../format.ts'
import type { Words } from '../language.ts'

const items = (count: number): string => formatCount(count, 'Element', 'Elemente')
const toLook = (count: number): string =>
  formatCount(count, 'Punkt zum Ansehen', 'Punkte zum Ansehen')
const findings = (count: number): string => formatCount(count, 'Befund', 'Befunde')

/** The health tab. */
export const health: Words<typeof en.health> = {
  failedTitle: 'Die Befunde konnten nicht geladen werden',
  neverTitle: 'Diese Daten wurden noch nicht geprüft',
  neverText: (count) =>
    `Die Prüfung sieht auf diesem Computer alle an (${count}). Es wird nichts geändert.`,
  lookedForTitle: 'Wonach gesucht wird',
  lookedFor: {
    images: [
      'Duplikate und Fast-Duplikate',
      'Labels, die wahrscheinlich falsch sind',
      'Ausreißer',
      'Bilder, die nicht lesbar, winzig, dunkel, zu hell oder unscharf sind',
      'Fehlende und seltene Labels',
      'Testelemente, die auch im Training sind'
    ],
    text: [
      'Duplikate und Fast-Duplikate',
      'Labels, die wahrscheinlich falsch sind',
      'Ausreißer',
      'Texte, die leer, zu lang, wiederholt oder in mehreren Sprachen sind',
      'Kennwörter, Schlüssel und persönliche Daten',
      'Fehlende und seltene Labels',
      'Testelemente, die auch im Training sind'
    ],
    table: [
      'Duplikate und Fast-Duplikate',
      'Labels, die wahrscheinlich falsch sind',
      'Ausreißer',
      'Fehlende und seltene Labels',
      'Testelemente, die auch im Training sind'
    ]
  },
  aboutTime: (time) => `Dauert ${time}, nach früheren Prüfungen in diesem Projekt.`,
  noTime:
    'Die restliche Zeit erscheint kurz nach dem Start. Sie können inzwischen weiterarbeiten und jederzeit anhalten.',
  check: 'Diese Daten prüfen',
  checkAgain: 'Erneut prüfen',
  checking: 'Wird geprüft',
  starting: 'Die Prüfung beginnt gleich.',
  earlierStay: 'Die Befunde einer früheren Prüfung bleiben unten, bis diese fertig ist.',
  progress: (name) => `Prüfung von „${name}“`,
  cancel: 'Abbrechen',
  pause: 'Anhalten',
  continue: 'Fortsetzen',
  stoppedTitle: 'Die letzte Prüfung kam nicht zum Ende',
  stoppedText:
    'Sie blieb stehen, als die App geschlossen wurde. Sie kann dort weitergehen, wo sie war.',
  stoppedFailed: 'Sie ist fehlgeschlagen. Das Protokoll des Laufs sagt, warum.',
  openLog: 'Protokoll öffnen',
  checkedAgo: (ago) => `Geprüft: ${ago}`,
  staleTitle: 'Die Daten haben sich seit dieser Prüfung geändert',
  staleText: 'Die Anzahlen sind aktuell, aber nach neuen Problemen wurde nicht gesucht.',
  readOnly: 'Das Projekt ist nur zum Lesen geöffnet, daher kann nichts geändert werden.',
  allFineTitle: 'Kein Grund zur Sorge',
  allFineText: 'Keine Prüfung hat in diesen Daten ein Problem gefunden.',
  settledTitle: 'Alle Befunde sind geklärt',
  settledText: 'Was gefunden wurde, ist beiseitegelegt, geändert oder für gut erklärt.',
  openFindings: toLook,
  items,
  itemsWord: (count) => (count === 1 ? 'Element' : 'Elemente'),
  inGroups: (count) => `in ${formatCount(count, 'Gruppe', 'Gruppen')}`,
  wereMore: (found) => `von ${found} gefundenen`,
  severities: {
    high: 'Ernst',
    medium: 'Ansehen lohnt sich',
    low: 'Kleinigkeit',
    fine: 'In Ordnung'
  },
  examples: (title) => `Beispiele: ${title}`,
  review: 'Durchsehen',
  reviewOf: (title) => `Durchsehen: ${title}`,
  more: (title) => `Weitere Aktionen für „${title}“`,
  forAll: 'Für alle zusammen:',
  showInList: 'In der Liste der Elemente anzeigen',
  dismiss: 'Das ist in Ordnung',
  dismissed: (title) => `„${title}“ bleibt, wie es ist.`,
  bringBack: 'Wieder aufnehmen',
  broughtBack: (title) => `„${title}“ steht wieder unter den Befunden.`,
  dismissedPart: (count) => `${findings(count)} für gut erklärt`,
  settledPart: (count) => `${findings(count)} geklärt`,
  finePart: (count) =>
    count === 1
      ? '1 Prüfung ergab nichts'
      : `${formatCount(count, 'Prüfung', 'Prüfungen')} ergaben nichts`,
  notRunPart: (count) =>
    count === 1
      ? '1 Prüfung war nicht möglich'
      : `${formatCount(count, 'Prüfung', 'Prüfungen')} waren nicht möglich`,
  confirmTitle: (count) => `${count} ändern?`,
  confirmText: (sentence) =>
    `${sentence} Nichts wird gelöscht, und es kann jederzeit zurückgenommen werden.`,
  canTakeBack: 'Nichts wird gelöscht, und es kann jederzeit zurückgenommen werden.',
  didNothing: 'Es war nichts zu ändern.',
  balanceTitle: 'Elemente je Label',
  balanceEven: 'Alle Labels haben etwa gleich viele Elemente',
  balanceUneven: (most, least, times) =>
    `„${most}“ hat ${times}-mal so viele Elemente wie „${least}“`,
  balanceOne: (name) => `Alle Elemente haben das Label „${name}“`,
  balanceEmptyLabel: (name) => `„${name}“ hat keine Elemente`,
  balanceSubtitle: (labels) => `Anteil jedes Labels an den Elementen (${labels})`,
  balanceSets: { train: 'Training', test: 'Test', all: 'Alle Elemente' }
}

/** Going through the items of a finding. */
export const review: Words<typeof en.review> = {
  back: 'Zurück zum Datenzustand',
  goneTitle: 'Diesen Befund gibt es nicht mehr',
  goneText: 'Eine spätere Prüfung fand ihn nicht, oder der Datensatz wurde entfernt.',
  emptyTitle: 'Hier sind keine Elemente mehr',
  emptyText: 'Alles, was diese Prüfung gefunden hat, ist geklärt.',
  failedTitle: 'Die Elemente konnten nicht geladen werden',
  group: (index, all) => `Gruppe ${index} von ${all}`,
  item: (index, all) => `${index} von ${all}`,
  groupRegion: 'Elemente dieser Gruppe',
  listRegion: 'Gefundene Elemente',
  stripRegion: 'Elemente davor und danach',
  keep: 'Behalten',
  kept: 'Behalten',
  suggested: 'Vorgeschlagen',
  willGo: 'Wird beiseitegelegt',
  isAside: 'Beiseitegelegt',
  keepThis: (name) => `${name} behalten`,
  alsoKeep: 'Strg und ein Klick behält mehr als eines.',
  moreInGroup: (count) =>
    `und ${count} weitere in dieser Gruppe, behandelt wie die nicht behaltenen`,
  asideOthers: (count) =>
    count === 1
      ? '1 anderes beiseitelegen'
      : `${formatCount(count, 'anderes', 'andere')} beiseitelegen`,
  keepAll: 'Alle behalten',
  previous: 'Zurück',
  next: 'Weiter',
  undo: 'Rückgängig',
  lookCloser: 'Genauer ansehen',
  given: 'Vorhandenes Label',
  suggestion: 'Vorgeschlagenes Label',
  strength: 'Wie deutlich es widerspricht',
  standsOut: 'Wie deutlich es heraussticht',
  accept: (label) => `„${label}“ verwenden`,
  keepGiven: (label) => `„${label}“ behalten`,
  setAside: 'Beiseitelegen',
  otherLabel: 'Anderes Label',
  otherLabelPick: 'Anderes Label wählen',
  noLabel: 'Kein Label',
  setAsideSome: (count) => `${items(count)} beiseitelegen`,
  fineSome: (count) =>
    count === 1 ? 'Lassen, wie es ist' : `${items(count)} lassen, wie sie sind`,
  selectAll: 'Alle angezeigten markieren',
  selected: (count) => `${items(count)} markiert`,
  ways: {
    'move-to-train': 'Ins Training verschieben',
    'accept-suggestions': 'Vorgeschlagene Labels verwenden',
    tag: 'Verschlagworten'
  },
  verdicts: {
    kept: 'Gelassen, wie es ist',
    aside: 'Beiseitegelegt',
    accepted: 'Label geändert',
    best: 'Eines behalten'
  },
  tally: {
    seen: (count, all) => `${count} von ${all} erledigt`,
    aside: (count) => `${count} beiseitegelegt`,
    relabelled: (count) => `${count} mit neuem Label`,
    kept: (count) => `${count} unverändert`
  },
  saving: 'Wird gespeichert',
  doneTitle: 'Sie sind fertig',
  doneText:
    'Was Sie entschieden haben, ist gespeichert, und jeder Schritt kann zurückgenommen werden.',
  goOn: (count) => `${count} ändern`,
  again: 'Noch einmal durchsehen',
  keys: {
    title: 'Tasten',
    pick: 'dieses behalten',
    aside: 'die anderen beiseitelegen',
    skip: 'alle behalten',
    undo: 'rückgängig',
    move: 'bewegen',
    accept: 'Vorschlag verwenden',
    keep: 'Label behalten',
    setAside: 'beiseitelegen',
    other: 'anderes Label',
    look: 'genauer ansehen',
    select: 'markieren',
    fine: 'lassen, wie sie sind'
  },
  keyNames: {
    digits: '1–9',
    enter: 'Eingabe',
    space: 'Leertaste',
    backspace: 'Rücktaste',
    arrows: '← →',
    allArrows: '← ↑ ↓ →'
  }
}

/** The strip on Home and the chip in the list of datasets. */
export const strip: Words<typeof en.strip> = {
  short: {
    'exact-duplicates': (count) => `${count} Duplikate`,
    'near-duplicates': (count) => `${count} Fast-Duplikate`,
    'wrong-labels': (count) => `${count} wohl falsche Labels`,
    outliers: (count) => `${count} Ausreißer`,
    'unreadable-pictures': (count) => `${count} nicht lesbare Bilder`,
    'tiny-pictures': (count) => `${count} winzige Bilder`,
    'dark-pictures': (count) => `${count} dunkle Bilder`,
    'bright-pictures': (count) => `${count} zu helle Bilder`,
    'blurry-pictures': (count) => `${count} unscharfe Bilder`,
    'odd-shapes': (count) => `${count} mit ungewöhnlicher Form`,
    'empty-texts': (count) => `${count} leere Texte`,
    'long-texts': (count) => `${count} sehr lange Texte`,
    'repeated-texts': (count) => `${count} wiederholte Texte`,
    'mixed-languages': (count) => `${count} in anderer Sprache`,
    secrets: (count) => `${count} mit Kennwörtern oder Schlüsseln`,
    'personal-data': (count) => `${count} mit persönlichen Daten`,
    'missing-labels': (count) => `${count} ohne Label`,
    'rare-labels': (count) => `${count} mit seltenem Label`,
    'class-balance': () => 'Labels unausgewogen',
    'split-leakage': (count) => `${count} in Training und Test`,
    'group-leakage': (count) => `${count} aus geteilten Gruppen`,
    'conflicting-labels': (count) => `${count} mit widersprüchlichen Labels`
  },
  balanced: 'Labels ausgewogen',
  fine: 'nichts gefunden',
  settled: 'alles geklärt',
  notChecked: 'noch nicht geprüft',
  check: 'Prüfen',
  checkName: (name) => `„${name}“ prüfen`,
  checking: (percent) => `wird geprüft, ${percent}`,
  waiting: 'wartet auf Prüfung',
  failed: 'Zustand nicht bekannt',
  stopped: 'Prüfung vorzeitig beendet',
  more: (count) => `${count} weitere`,
  open: (what, name) => `${what}, in „${name}“ öffnen`,
  toLook
}
