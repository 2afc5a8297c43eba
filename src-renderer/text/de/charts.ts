// German words of charts: titles that say the finding, axis names, table headings, summaries.
import type { MeasureWords } from '../en/charts.ts'
import type * as en from '../en/charts.ts'
import { formatCount, formatNumber, formatPercent, formatPoints } from '../format.ts'
import type { Words } from '../language.ts'

const points = (difference01: number): string =>
  formatPoints(Math.abs(difference01)).replace('+', '')
const repetitions = (count: number): string => formatCount(count, 'Wiederholung', 'Wiederholungen')
const testItems = (count: number): string => formatCount(count, 'Testelement', 'Testelementen')

/** Names of the compared sets. */
export const setNames: Words<typeof en.setNames> = {
  chosen: 'Auswahl',
  random: 'Zufall',
  stratified: 'Zufall, gleiche Labelanteile',
  all: 'Alle Daten',
  other: 'Auch versucht'
}

/** Chart words. */
export const charts: Words<typeof en.charts> = {
  asTable: 'Als Tabelle anzeigen',
  asChart: 'Als Diagramm anzeigen',
  savePng: 'Als Bild speichern (PNG)',
  saveSvg: 'Als Zeichnung speichern (SVG)',
  copy: 'Zahlen kopieren',
  tools: 'Werkzeuge des Diagramms',
  failedTitle: 'Das Diagramm konnte nicht gezeichnet werden',
  failedText: 'Die Zahlen stehen als Tabelle bereit.',
  emptyTitle: 'Noch nichts zu zeichnen',
  set: 'Set',
  accuracy: 'Genauigkeit',
  spread: 'Streuung (SD)',
  repeats: 'Jede Wiederholung',
  trainedOn: 'Gelernt aus',
  items: 'Elemente',
  label: 'Label',
  accuracyTitle(check) {
    const by = points(check.difference.mean)
    if (check.kind === 'helped') return `Die Auswahl ist um ${by} besser als Zufall`
    if (check.kind === 'worse') return `Zufall ist um ${by} besser als die Auswahl`
    return 'Auswahl und Zufall sind etwa gleich gut'
  },
  accuracySubtitle: (tests, repeats) =>
    `Anteil richtiger Antworten des Prüfmodells bei ${testItems(tests)}. Balken: Mittel aus ${repetitions(repeats)}; Punkte: jede Wiederholung; Striche: ±1 SD.`,
  accuracySummary: (rows) =>
    `Genauigkeit: ${rows.map((row) => `${row.name} ${formatPercent(row.mean)}`).join(', ')}.`,
  differenceTitle: 'Was das Auswählen gebracht hat',
  differenceSubtitle:
    'Unterschied in Punkten mit seinem 95-%-Bereich. Rechts von 0 war die Auswahl besser.',
  differenceTo: {
    random: 'Auswahl − Zufall',
    stratified: 'Auswahl − Zufall, gleiche Labelanteile'
  },
  otherToRandom: (name) => `${name} − Zufall`,
  difference: 'Unterschied',
  low: 'Von',
  high: 'Bis',
  comparison: 'Vergleich',
  differenceSummary: (rows) =>
    rows
      .map(
        (row) =>
          `${row.name}: ${formatPoints(row.mean)}, von ${formatPoints(row.low)} bis ${formatPoints(row.high)}.`
      )
      .join(' '),
  curveTitle(match, chosen) {
    if (match === undefined)
      return `${formatCount(chosen, 'ausgewähltes Element ist', 'ausgewählte Elemente sind')} nicht besser als ebenso viele zufällige`
    if (match.size < match.random)
      return `${formatCount(match.size, 'ausgewähltes Element ist', 'ausgewählte Elemente sind')} so gut wie ${formatNumber(match.random)} zufällige`
    return 'Wie die Genauigkeit mit der Zahl der Elemente wächst'
  },
  curveSubtitle: (tests, repeats) =>
    `Anteil richtiger Antworten des schnellen linearen Modells bei ${testItems(tests)}. Im schattierten Band liegen 95 % der Zufallssets, aus ${repetitions(repeats)}.`,
  curveAxis: 'Elemente im Set',
  curveBand: '95 % der Zufallssets',
  curveSummary: (lines, smallest, largest) =>
    `Von ${formatNumber(smallest)} bis ${formatNumber(largest)} Elementen: ${lines.map((line) => `${line.name} von ${formatPercent(line.from)} bis ${formatPercent(line.to)}`).join(', ')}.`,
  available: 'Vorhanden',
  chosen: 'Ausgewählt',
  random: 'Zufall',
  willKeep: 'Wird behalten',
  mixTitle(largest) {
    if (largest === undefined) return 'Die Anteile der Labels'
    if (Math.abs(largest.shift) < 0.02) return 'Die Auswahl behält die Anteile der Daten'
    return largest.shift > 0
      ? `In der Auswahl ist mehr „${largest.name}“ als in den Daten`
      : `In der Auswahl ist weniger „${largest.name}“ als in den Daten`
  },
  mixSubtitle: (n) =>
    `Anteil jedes Labels unter ${formatCount(n, 'ausgewählten Element', 'ausgewählten Elementen')}, neben allen vorhandenen Elementen und einem Zufallsset.`,
  mixOther: (count) => formatCount(count, 'kleineres Label', 'kleinere Labels'),
  mixSummary: (rows, title) => `${title}. ${formatCount(rows, 'Label', 'Labels')} im Vergleich.`,
  votesTitle: (share, votes) =>
    `${formatPercent(share, 0)} der ausgewählten Elemente haben mindestens ${formatCount(votes, 'Stimme', 'Stimmen')}`,
  votesSubtitle: (tasks, items) =>
    `Stimmen von ${formatCount(tasks, 'Zielaufgabe', 'Zielaufgaben')} zu jedem von ${formatCount(items, 'Element', 'Elementen')}. Die Linie zeigt, wo die Auswahl endet.`,
  votesAxis: 'Stimmen',
  votesItems: 'Elemente',
  votesChosen: 'Ausgewählt',
  votesLeft: 'Weggelassen',
  votesCut: 'Grenze',
  votesSummary: (histogram) =>
    `Elemente nach Stimmen: ${histogram.map((items, votes) => `${formatNumber(items)} mit ${formatNumber(votes)}`).join(', ')}.`,
  overlapTitle(mean, chance) {
    if (mean > chance * 1.5) return 'Die Zielaufgaben wünschen sich ähnliche Elemente'
    if (mean < chance * 0.67) return 'Die Zielaufgaben wünschen sich verschiedene Elemente'
    return 'Die Zielaufgaben stimmen etwa so weit überein wie durch Zufall'
  },
  overlapSubtitle: (mean, chance) =>
    `Anteil der Auswahl einer Aufgabe, den auch eine andere ausgewählt hat: im Mittel ${formatPercent(mean, 0)}, durch Zufall ${formatPercent(chance, 0)}.`,
  overlapSummary: (tasks, mean, chance) =>
    `${formatCount(tasks, 'Aufgabe', 'Aufgaben')} paarweise verglichen. Im Mittel ${formatPercent(mean, 0)} gemeinsam, durch Zufall ${formatPercent(chance, 0)}.`,
  overlapCell: (row, column, share) =>
    `${formatPercent(share, 0)} von dem, was „${row}“ ausgewählt hat, hat auch „${column}“ ausgewählt`,
  task: 'Aufgabe',
  rule: 'Art des Zusammenführens',
  ruleNames: {
    vote: 'Stimmen',
    mean: 'Mittel',
    max: 'Höchstwert',
    rank: 'Plätze',
    norm: 'Größe',
    'round-robin': 'Reihum'
  },
  rulesTitle(lowest) {
    return lowest > 0.8
      ? 'Andere Arten, die Aufgaben zusammenzuführen, würden fast dasselbe auswählen'
      : 'Andere Arten, die Aufgaben zusammenzuführen, würden anders auswählen'
  },
  rulesSubtitle: 'Anteil der Auswahl einer Art, den auch eine andere ausgewählt hat.',
  rulesSummary: (ways, lowest) =>
    `${formatCount(ways, 'Art', 'Arten')}, die Aufgaben zusammenzuführen, paarweise verglichen. Am wenigsten haben zwei mit ${formatPercent(lowest, 0)} gemeinsam.`,
  liveTitle: 'Genauigkeit, während gemessen wird',
  liveSubtitle: (tests) =>
    `Anteil richtiger Antworten des Prüfmodells bei ${tests === undefined ? 'den Testelementen' : testItems(tests)}, Wiederholung für Wiederholung.`,
  liveEmpty: 'Punkte erscheinen, wenn die Prüfung beginnt.',
  liveRepeat: 'Wiederholung',
  liveSummary: (count, latest) =>
    `Bisher ${formatCount(count, 'Messung', 'Messungen')}.${latest === '' ? '' : ` Zuletzt: ${latest}.`}`,
  measureSummary: (title, first, last) => `${title}: von ${first} bis ${last}.`,
  compareMixTitle: 'Labels in den beiden Sets',
  compareMixSubtitle: 'Anteil jedes Labels unter den ausgewählten Elementen jedes Laufs.',
  overlapBarTitle: (share, chance) =>
    share > chance * 1.25
      ? 'Die beiden Sets haben mehr gemeinsam als durch Zufall'
      : share < chance * 0.8
        ? 'Die beiden Sets haben weniger gemeinsam als durch Zufall'
        : 'Die beiden Sets haben etwa so viel gemeinsam wie durch Zufall'
}

const helperLoss: MeasureWords = {
  title: 'Das Hilfsmodell lernt',
  subtitle: 'Fehler bei den Elementen zum Einlernen nach jedem Durchgang. Weniger ist besser.',
  across: 'Durchgang',
  measured: 'Fehler',
  isShare: false
}
const helperLosses: MeasureWords = {
  title: 'Hilfsmodelle werden trainiert',
  subtitle: 'Fehler, mit dem jedes Hilfsmodell endet.',
  across: 'Hilfsmodell',
  measured: 'Fehler',
  isShare: false
}

/** The measures that methods and searches send, by the name of their series. */
export const liveMeasures: Words<typeof en.liveMeasures> = {
  'Warm-up loss': helperLoss,
  'Training loss': helperLosses,
  Loss: helperLosses,
  'Share of steps saved': {
    title: 'Training, das jeder Durchlauf gespart hat',
    subtitle: 'Anteil der Trainingsschritte, bei denen Elemente wegblieben.',
    across: 'Wiederholung',
    measured: 'Gespart',
    isShare: true
  },
  'Not yet stood in for': {
    title: 'Wofür die ausgewählten Elemente noch nicht einstehen',
    subtitle:
      'Anteil von dem, was alle Elemente lehren, der den ausgewählten fehlt. Weniger ist besser.',
    across: 'Elemente',
    measured: 'Fehlt',
    isShare: true
  },
  distance: {
    title: 'Wie weit das Set von Ihren Daten entfernt ist',
    subtitle:
      'Unterschied zwischen dem, was Modelle im Set und in echten Elementen sehen. Weniger ist besser.',
    across: 'Schritt',
    measured: 'Unterschied',
    isShare: false
  },
  'distance to the goal': {
    title: 'Wie weit vom Ziel das Training mit dem Set endet',
    subtitle: 'Das Ziel ist, wohin das Training mit allen Daten führt. Weniger ist besser.',
    across: 'Schritt',
    measured: 'Unterschied',
    isShare: false
  },
  error: {
    title: 'Was das Set noch nicht erklärt',
    subtitle: 'Fehler bei echten Elementen. Weniger ist besser.',
    across: 'Schritt',
    measured: 'Fehler',
    isShare: false
  },
  'loss on real items': {
    title: 'Was ein mit dem Set trainiertes Modell noch nicht weiß',
    subtitle: 'Fehler bei echten Elementen. Weniger ist besser.',
    across: 'Schritt',
    measured: 'Fehler',
    isShare: false
  },
  helper: {
    title: 'Das Hilfsmodell lernt',
    subtitle:
      'Anteil der Elemente für Entscheidungen, bei denen es nach jedem Durchgang richtig liegt.',
    across: 'Durchgang',
    measured: 'Richtig',
    isShare: true
  },
  'smallest:share': {
    title: 'Versuchte Größen',
    subtitle: 'Anteil an der Genauigkeit aller Daten, den jede Größe behält.',
    across: 'Elemente',
    measured: 'Behalten',
    isShare: true
  }
}

/** The words of a measure whose series is not known by name. */
export function otherMeasure(series: string): MeasureWords {
  return {
    title: series,
    subtitle: 'Gemessen, während der Lauf arbeitet.',
    across: 'Schritt',
    measured: series,
    isShare: false
  }
}
