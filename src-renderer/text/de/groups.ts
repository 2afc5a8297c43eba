// Wörter zu „Was zusammengehört“: Lernen, was es bringt, Gruppen eines Bildes, Teile.
import type {
  GroupsEffort,
  GroupsEstimate,
  GroupsMeasure,
  GroupsOddPair,
  GroupsPart,
  GroupsResult,
  GroupsRun
} from '@api/dto/groups.ts'
import { formatAboutRange, formatNumber, formatPercent } from '../format.ts'

const efforts: Readonly<Record<GroupsEffort, string>> = {
  quick: 'Schnell',
  usual: 'Üblich',
  thorough: 'Gründlich'
}
const share = (value: number): string => formatPercent(value, 0)
const counted = (count: number, one: string, many: string): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`
const pictures = (count: number): string => counted(count, 'Bild', 'Bilder')
const squares = (count: number): string => counted(count, 'Feld', 'Felder')

/** Wörter der Ansicht. */
export const groups = {
  title: 'Was zusammengehört',
  intro:
    'Die App lernt, welche Felder eines Bildes zusammengehören, zeigt ihre Gruppen und findet Teile, die viele Bilder gemeinsam haben. Sie sagt auch, ob sich Bilder damit besser vergleichen lassen.',
  back: 'Zurück zu den Daten',
  readOnly: 'Dieses Projekt ist nur zum Lesen geöffnet, deshalb kann nichts gelernt werden.',
  onlyPictures: 'So lassen sich nur Bilder ansehen.',
  emptyTitle: 'Noch nichts gelernt',
  emptyText:
    'Zum Lernen werden einige der Bilder auf diesem Computer angesehen. Danach lassen sich Gruppen und Teile zeigen. Bei kleinen Bildern ist oft besser, womit die App schon vergleicht; das Ergebnis sagt es.',
  learn: 'Lernen',
  learnAgain: 'Noch einmal lernen',
  effort: 'Aufwand',
  efforts: {
    quick: { title: efforts.quick, text: 'Bis zu 1.000 Bilder: ein erster Blick' },
    usual: { title: efforts.usual, text: 'Bis zu 4.000 Bilder' },
    thorough: { title: efforts.thorough, text: 'Bis zu 10.000 Bilder' }
  },
  useLabels: 'Aus Labels lernen, wo genug Bilder eines haben',
  useLabelsHelp: 'Schneller und meist besser. Ohne Labels wird nur aus den Bildern selbst gelernt.',
  mirror: 'Bilder dürfen gespiegelt werden',
  mirrorHelp: 'Nicht bei Buchstaben, Ziffern und Zeichen.',
  useIfBetter: 'Bilder danach damit vergleichen, wenn es sicher besser ist',
  repeat: 'Wiederholungscode',
  repeatHelp: 'Mit demselben Code wird auf diesem Computer wieder dasselbe gelernt.',
  counts: ({
    learnsFrom,
    pictures: count,
    heldOut
  }: Pick<GroupsEstimate, 'learnsFrom' | 'pictures' | 'heldOut'>): string =>
    `${pictures(count)} zum Lernen, ${learnsFrom === 'labels' ? 'nach ihren Labels' : 'ohne Labels'}; ${heldOut === 0 ? 'zu wenige Labels zum Messen' : `${formatNumber(heldOut)} zum Messen zurückgehalten`}`,
  time: (low: number, high: number): string => `Dauert ${formatAboutRange(low, high)}`,
  timing: 'Es wird probiert, wie schnell dieser Computer lernt',
  noTime: 'Wie lange es dauert, lässt sich nicht sagen, solange anderes läuft.',
  startFailed: 'Das Lernen konnte nicht beginnen',
  planFailed: 'Der Plan konnte nicht geprüft werden',
  runs: 'Bisher gelernt',
  runsFailed: 'Das Gelernte konnte nicht gelesen werden',
  runLine: ({ plan }: Pick<GroupsRun, 'plan'>): string =>
    `Aufwand: ${efforts[plan.effort].toLowerCase()}, ${plan.useLabels ? 'Labels, wenn es genug gibt' : 'ohne Labels'}, Wiederholungscode ${plan.seed}`,
  variety: (value: number): string =>
    `Antworten unterscheiden sich: ${share(value)} von dem, was möglich ist. Nahe 0 % sehen alle Bilder gleich aus.`,
  show: 'Zeigen',
  shown: 'Unten gezeigt',
  pause: 'Anhalten',
  goOn: 'Fortsetzen',
  stop: 'Abbrechen',
  remove: 'Entfernen',
  removed: 'Das Gelernte wurde entfernt.',
  result: 'Was es bringt',
  resultFailed: 'Das Ergebnis konnte nicht gelesen werden',
  table: 'Richtig benannte Labels zurückgehaltener Bilder',
  columns: {
    features: 'Verglichen mit',
    groups: 'Gruppen',
    rounds: 'Runden',
    line: 'Durch eine gerade Grenze, %',
    neighbours: 'Durch die ähnlichsten, %',
    time: 'Zeit für ein Bild, ms'
  },
  features: ({ features }: Pick<GroupsMeasure, 'features'>): string =>
    ({
      learned: 'Dem Gelernten',
      pixels: 'Hauptachsen der Bildpunkte',
      'built-in': 'Eingebauten Fingerabdrücken'
    })[features],
  tableHelp:
    'Alle Zeilen des Gelernten stammen aus einem Lernen: Gruppen und Runden wurden erst danach geändert.',
  facts: ({
    pictures: count,
    steps,
    side,
    parameters
  }: Pick<GroupsResult, 'pictures' | 'steps' | 'side' | 'parameters'>): string =>
    `${pictures(count)} mit ${side} × ${side}, ${counted(steps, 'Schritt', 'Schritte')}, ${formatNumber(parameters)} gelernte Zahlen`,
  timeTaken: (duration: string, device: string): string => `Dauerte ${duration} auf ${device}`,
  use: 'Bilder damit vergleichen',
  inUse: 'Bilder werden damit verglichen.',
  useDone: 'Bilder werden ab jetzt mit dem Gelernten verglichen. Unter „Über“ geht es zurück.',
  notUsable:
    'Es wird nicht zum Auswählen angeboten, weil besser war, womit die App schon vergleicht.',
  picture: 'Gruppen in einem Bild',
  pictureFailed: 'Die Gruppen konnten nicht gezeichnet werden',
  drawing: 'Gruppen werden gezeichnet',
  pictures: 'Bilder',
  previousPictures: 'Frühere Bilder',
  nextPictures: 'Weitere Bilder',
  openPicture: (name: string): string => `${name} ansehen`,
  view: (view: number): string => `Blick ${formatNumber(view + 1)}`,
  views: 'Blicke: jeder achtet auf anderes',
  stage: 'Stufe',
  stageName: (layer: number, layers: number): string =>
    layer === layers - 1 ? `Letzte (${formatNumber(layers)})` : formatNumber(layer + 1),
  groupCount: 'Gruppen',
  rounds: 'Runden (Tempo oder Genauigkeit)',
  shade: 'Farbstärke zeigt',
  shades: { agreement: 'Einigkeit', confidence: 'Sicherheit' },
  drawn: (milliseconds: number, starts: number): string =>
    `${formatNumber(starts)} Anfänge in ${formatNumber(milliseconds)} ms gezeichnet`,
  meanings: (count: number): string =>
    `Gruppen beginnen zufällig, deshalb werden acht Anfänge gezeichnet und einander zugeordnet. Einigkeit: Anteil der Anfänge, die ein Feld in dieselbe Gruppe legen; durch Zufall wäre er etwa ${share(1 / count)}. Sicherheit: 100 %, wo ein Feld nur einer Gruppe gehört, 0 %, wo allen gleich.`,
  weak: 'Diese Gruppen sind schwach: Felder gehören allen Gruppen fast gleich. Lesen Sie die Grenzen mit Vorsicht.',
  legend: 'Gruppen nach Nummer',
  group: (group: number): string => `Gruppe ${formatNumber(group + 1)}`,
  groupLine: (count: number, agreement: number, confidence: number): string =>
    `${squares(count)}, Einigkeit ${share(agreement)}, Sicherheit ${share(confidence)}`,
  noSquares: (count: number): string =>
    `${counted(count, 'Gruppe hat', 'Gruppen haben')} kein Feld.`,
  chosen: (group: number): string =>
    `Wie viel jedes Feldes Gruppe ${formatNumber(group + 1)} gehört`,
  allGroups: 'Alle Gruppen',
  likeThis: 'Bilder mit so einem Bereich',
  overall: (agreement: number, confidence: number): string =>
    `Über alle Felder: Einigkeit ${share(agreement)}, Sicherheit ${share(confidence)}`,
  mapLabel: (name: string, used: number): string =>
    `${name} in ${counted(used, 'Gruppe', 'Gruppen')}; die Tabelle nennt jedes Feld`,
  displays: { label: 'Wie Gruppen gezeigt werden', map: 'Bild', table: 'Tabelle' },
  squareTable: 'Felder des Bildes',
  squareColumns: {
    row: 'Zeile',
    column: 'Spalte',
    group: 'Gruppe',
    agreement: 'Einigkeit, %',
    confidence: 'Sicherheit, %'
  },
  parts: 'Teile, die Bilder gemeinsam haben',
  partsFailed: 'Die Teile konnten nicht gelesen werden',
  partsHelp:
    'Gruppen aller Bilder, nach Ähnlichkeit sortiert. Ein Teil ist, was die App daraus macht; er muss kein Ding sein.',
  part: (part: number): string => `Teil ${formatNumber(part + 1)}`,
  partLine: ({ pictures: count, labels }: Pick<GroupsPart, 'pictures' | 'labels'>): string =>
    `${pictures(count)}${labels.length === 0 ? '' : `: ${labels.map((each) => `${each.label} (${formatNumber(each.count)})`).join(', ')}`}`,
  rare: 'Selten',
  partChoice: 'Teil',
  partPictures: (part: number, count: number): string =>
    `Teil ${formatNumber(part + 1)}: ${pictures(count)}, die deutlichsten zuerst`,
  noPart: 'Kein Bild hat diesen Teil.',
  showInList: 'In der Liste zeigen',
  listSentence: (part: number, label: string | null): string =>
    `Bilder mit Teil ${formatNumber(part + 1)}${label === null ? '' : `, Label ${label}`}`,
  odd: 'Ungewöhnliche Paare von Teil und Label',
  oddHelp:
    'Weit weniger Bilder des Labels haben den Teil als andere. Einige tragen vielleicht ein falsches Label, andere sind nur selten: Sehen Sie nach, bevor Sie etwas ändern.',
  noOdd: 'Keine.',
  oddLine: ({ part, label, count, expected }: GroupsOddPair): string =>
    `Teil ${formatNumber(part + 1)} mit ${label}: ${pictures(count)}, üblich wären etwa ${formatNumber(Math.round(expected))}`,
  look: 'Ansehen'
} as const
