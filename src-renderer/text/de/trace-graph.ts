// German words of the graph of a task: all attempts laid over each other.
import type { TraceOutcome } from '@api/dto/traces.ts'
import type * as en from '../en/trace-graph.ts'
import { formatCount, formatNumber, formatPercent } from '../format.ts'
import type { Words } from '../language.ts'

const outcomes: Readonly<Record<TraceOutcome, string>> = {
  pass: 'gelungen',
  fail: 'gescheitert',
  partial: 'teilweise gelungen',
  unknown: 'Ausgang nicht bekannt'
}
const attempts = (count: number): string => formatCount(count, 'Versuch', 'Versuche')
const times = (count: number): string => `${formatNumber(count)}-mal`

/** Words of the graph screen. */
export const traceGraph: Words<typeof en.traceGraph> = {
  title: 'Karte der Wege',
  back: 'Zurück zur Sammlung',
  task: 'Aufgabe',
  chooseTask: 'Aufgabe wählen',
  noTasksTitle: 'Noch keine Aufgaben',
  noTasksText: 'Eine Aufgabe erscheint hier, wenn diese Sammlung Versuche an ihr hat.',
  failed: 'Die Karte konnte nicht gezeichnet werden',
  tasksFailed: 'Die Aufgaben konnten nicht gelesen werden',
  loading: 'Alle Versuche werden übereinandergelegt',
  attempt: 'Hervorgehobener Versuch',
  noAttempt: 'Keiner hervorgehoben',
  attemptName: (trial, outcome) => `Versuch ${formatNumber(trial + 1)}, ${outcomes[outcome]}`,
  facts: (count, states) => `${attempts(count)}, ${formatCount(states, 'Zustand', 'Zustände')}`,
  states: {
    screen: 'Zwei Augenblicke sind derselbe Zustand, wenn der Bildschirm dasselbe zeigt.',
    ledger:
      'Zwei Augenblicke sind derselbe Zustand, wenn dieselben Änderungen gemacht wurden, gleich in welcher Reihenfolge.',
    recent:
      'Zwei Augenblicke sind derselbe Zustand, wenn die letzten beiden Aktionen von derselben Art waren.'
  },
  leftOut: (count) =>
    count === 1
      ? '1 weiterer Versuch an dieser Aufgabe ist nicht gezeichnet.'
      : `${formatNumber(count)} weitere Versuche an dieser Aufgabe sind nicht gezeichnet.`,
  views: { label: 'Wie die Karte gezeigt wird', drawing: 'Zeichnung', table: 'Tabelle' },
  drawing: (task) => `Wege durch ${task}`,
  keys:
    'Pfeiltasten führen von Kasten zu Kasten, Eingabe zeigt, was ein Kasten enthält, Plus und Minus ändern die Größe, ' +
    'Umschalt mit einer Pfeiltaste verschiebt die Zeichnung, 0 zeigt alles.',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  fit: 'Ganze Karte anzeigen',
  legendValue: 'Anteil der gelungenen',
  legendLow: 'wenige',
  legendHigh: 'viele',
  legendDead: 'Sackgasse: Kein Versuch, der hier durchkam, ist gelungen',
  legendWidth: 'Dicker: mehr Versuche',
  box: (label, visits, passes) => `${label}: ${attempts(visits)}, ${formatNumber(passes)} gelungen`,
  boxCounts: (visits, passes) => `${formatNumber(passes)} von ${formatNumber(visits)} gelungen`,
  deadEnd: 'Sackgasse',
  line: (from, to) => `${from} nach ${to}`,
  close: 'Einzelheiten schließen',
  visits: 'Versuche',
  passes: 'Gelungen',
  value: 'Gelingt von hier aus voraussichtlich',
  valueHint:
    'Anteil der Versuche durch diesen Zustand, die gelungen sind, etwas zum Anteil der ganzen Aufgabe hin verschoben.',
  joined: (count) =>
    `${formatCount(count, 'Zustand', 'Zustände')} in diesem Kasten zusammengefasst`,
  repeats: (count) =>
    count === 1
      ? '1 Aktion blieb in diesem Zustand'
      : `${formatNumber(count)} Aktionen blieben in diesem Zustand`,
  gone: (count) => `${times(count)} gegangen`,
  actions: 'Aktionen, die hier entlangführen',
  action: (count, passes) =>
    `${times(count)}, davon ${formatNumber(passes)} in gelungenen Versuchen`,
  moreActions: (count) =>
    formatCount(count, 'weitere Art von Aktion', 'weitere Arten von Aktionen'),
  attempts: 'Versuche, die hier durchkamen',
  moreAttempts: (count) => formatCount(count, 'weiterer', 'weitere'),
  table: 'Zustände der Aufgabe',
  columns: {
    state: 'Zustand',
    attempts: 'Versuche',
    passed: 'Gelungen',
    value: 'Gelingt voraussichtlich',
    deadEnd: 'Sackgasse',
    next: 'Führt zu'
  },
  yes: 'Ja',
  trust({ reason, attempts: count, passes, auc, low }) {
    if (reason === 'few-attempts')
      return `${attempts(count)} mit bekanntem Ausgang, weniger als 8: Es wird nur gezählt.`
    if (reason === 'one-outcome')
      return `${formatNumber(passes)} von ${formatCount(count, 'Versuch', 'Versuchen')} gelungen; um Schritte zu beurteilen, braucht es mindestens 2 gelungene und 2 gescheiterte: Es wird nur gezählt.`
    const told = `Ein gelungener Versuch wirkt in ${formatPercent(auc ?? 0, 0)} der Fälle naheliegender als ein gescheiterter (mindestens ${formatPercent(low ?? 0, 0)})`
    return reason === 'trusted'
      ? `${told}. Wie üblich jeder Schritt ist, steht daneben, sobald der Vorschlag einer Durchsicht gezeigt wird.`
      : `${told}; um Schritte zu beurteilen, braucht es mehr als ${formatPercent(0.6)}: Es wird nur gezählt.`
  }
}
