// German words of the offline help: how each screen works, and a glossary. The technical word for a
// thing may appear here, once, and nowhere else in the app.
import type * as en from '../en/help.ts'
import type { Words } from '../language.ts'

/** Words of the drawer itself. */
export const help: Words<typeof en.help> = {
  title: 'Hilfe',
  search: 'In der Hilfe suchen',
  searchHelp: '↓ führt zu den gefundenen Einträgen, Eingabe öffnet einen.',
  none: 'Kein Eintrag passt.',
  noneText: 'Versuchen Sie ein kürzeres Wort, oder sehen Sie die Liste durch.',
  found: (count) => `${count} gefunden`,
  technical: (word) => `Fachleute sagen dazu: ${word}.`,
  see: 'Siehe auch',
  back: 'Zurück',
  all: 'Die ganze Hilfe',
  here: 'Auf dieser Seite',
  howTo: 'Wie es geht',
  glossary: 'Glossar',
  pages: 'Verfahren im Einzelnen',
  pagesText:
    'Wie jedes Verfahren rechnet, woher es kommt und was gemessen wurde. Geschrieben für Fachleute, auf Englisch.',
  kinds: { topic: 'Wie es geht', term: 'Glossar', page: 'Verfahren' },
  groups: {
    start: 'Erste Schritte',
    data: 'Daten',
    choose: 'Auswählen',
    tiny: 'Mini-Trainingssets',
    traces: 'Agentenverläufe',
    results: 'Läufe und Ergebnisse',
    app: 'Die App'
  },
  pageGroups: {
    choosing: 'Elemente auswählen',
    tiny: 'Mini-Trainingssets',
    data: 'Merkmale und Datenzustand',
    traces: 'Agentenverläufe',
    other: 'Mehr'
  },
  showMe: 'Zeigen',
  showMeFor: (title) => `Zeigen: ${title}`,
  showing: (title) => `Hier: ${title}. Esc beendet das.`,
  endShow: 'Verstanden',
  notThere: 'Das ist im Augenblick nicht auf der Seite.',
  needs: {
    project: 'Öffnen Sie zuerst ein Projekt.',
    data: 'Fügen Sie zuerst Daten hinzu.',
    result: 'Bringen Sie zuerst einen Lauf zu Ende.',
    traces: 'Fügen Sie zuerst Verläufe hinzu.'
  },
  howThisWorks: 'Wie das funktioniert',
  howThisWorksFor: (method) => `Wie das funktioniert: ${method}`,
  pageFailed: 'Die Seiten konnten nicht gelesen werden',
  formula: 'Formel',
  table: 'Tabelle'
}

/** How the app works, screen by screen. */
export const howTos: Words<typeof en.howTos> = [
  {
    id: 'getting-started',
    group: 'start',
    title: 'Von den Daten zur Auswahl',
    text: [
      'Fügen Sie Daten hinzu, legen Sie fest, wie viel wofür behalten wird, und starten Sie einen Lauf. Die Ergebnisseite sagt in einer Zeile, ob das Auswählen im Vergleich zu einem gleich großen Zufallsset geholfen hat.',
      'Danach exportieren Sie die ausgewählten Elemente als Ordner. Die Seite „Start“ zeigt, was unfertig ist, was zuletzt herauskam und in welchem Zustand Ihre Daten sind.'
    ]
  },
  {
    id: 'first-page',
    group: 'start',
    title: 'Die erste Seite',
    text: [
      'Das Beispielprojekt kommt mit der App: Bilder, kurze Texte und Verläufe eines Agenten. Absichtlich sind Fehler darin, damit jeder Teil etwas zu finden hat.',
      '„Mit eigenen Daten beginnen“ legt ein leeres Projekt an. Ein Projekt, das Sie von anderen bekommen, ist ein Ordner, dessen Name auf .winnow endet; öffnen Sie diesen Ordner.',
      'Darunter stehen die Projekte, die schon einmal geöffnet waren. Eines, das verschoben wurde, ist gekennzeichnet; wird es von der Liste genommen, wird nichts gelöscht.'
    ]
  },
  {
    id: 'projects',
    group: 'start',
    title: 'Projekte und Sicherungen',
    text: [
      'Ein Projekt ist ein Ordner, der alles enthält: Daten, Pläne, Ergebnisse. Er kann auf einen anderen Computer kopiert werden.',
      'Das Menü beim Namen des Projekts öffnet ein anderes Projekt, macht eine Sicherung und prüft die Projektdatei.'
    ]
  },
  {
    id: 'originals',
    group: 'start',
    title: 'Was mit meinen Dateien geschieht',
    text: [
      'Sie werden immer nur gelesen. Elemente, die Sie nicht haben möchten, werden beiseitegelegt und lassen sich jederzeit zurückholen.',
      'Ein Export kopiert die ausgewählten Elemente in einen neuen Ordner.'
    ]
  },
  {
    id: 'data-list',
    group: 'data',
    title: 'Die Datensätze eines Projekts',
    text: [
      'Jeder Datensatz zeigt, was er enthält und was die Zustandsprüfung gefunden hat. Ein Klick öffnet ihn zum Ansehen.',
      'Werden die Daten noch einmal gelesen, entsteht eine neue Version; die vorige bleibt darunter stehen, damit ältere Ergebnisse lesbar bleiben.'
    ]
  },
  {
    id: 'adding-data',
    group: 'data',
    title: 'Daten hinzufügen',
    text: [
      'Legen Sie Dateien oder Ordner irgendwo im Fenster ab, oder wählen Sie sie. Gewählte werden an ihrem Ort gelesen; abgelegte werden ins Projekt kopiert.',
      'Die App schaut in die Dateien hinein und zeigt, was sie gefunden hat: die Art der Daten, die ersten Elemente und wofür jede Spalte verwendet wird. Ändern Sie, was nicht stimmt, und die Vorschau folgt. Nichts wird angelegt, bevor Sie am Ende auf die Schaltfläche klicken.',
      'Dateien oder Zeilen, die sich nicht lesen lassen, werden weggelassen, gezählt und aufgeführt.'
    ]
  },
  {
    id: 'browsing',
    group: 'data',
    title: 'Elemente ansehen',
    text: [
      'In der Mitte stehen die Elemente als Galerie oder als Tabelle. Filter am linken Rand grenzen sie ein; jeder Filter steht dann über den Elementen und lässt sich dort umkehren oder entfernen.',
      'Ein Klick markiert ein Element, Strg nimmt eines dazu, Umschalt alle bis dorthin, Strg+A alle, die passen. Die Leiste darunter sagt dann, was sich mit ihnen tun lässt: beiseitelegen, mit Schlagwort, Notiz oder Label versehen, oder zu den Trainings- oder Testelementen verschieben.',
      'Die Leertaste zeigt ein Element größer, Eingabe öffnet es.'
    ]
  },
  {
    id: 'saved-views',
    group: 'data',
    title: 'Gespeicherte Ansichten',
    text: [
      'Eine Ansicht behält Filter, Reihenfolge und Darstellung unter einem Namen. Ein Plan kann allein aus einer gespeicherten Ansicht auswählen.'
    ]
  },
  {
    id: 'map',
    group: 'data',
    title: 'Die Ähnlichkeitskarte',
    text: [
      'Elemente, die sich im Aussehen oder im Wortlaut ähneln, liegen nah beieinander. Umfahren Sie einige, um sie herauszugreifen; mit gehaltener Leertaste verschieben Sie stattdessen die Karte.',
      'Große Abstände bedeuten wenig. Inseln und einsame Punkte bedeuten viel.'
    ]
  },
  {
    id: 'changes',
    group: 'data',
    title: 'Änderungen zurücknehmen',
    text: [
      '„Alle Änderungen“, oben auf jeder Seite, zeigt, was im ganzen Projekt zurückgenommen werden kann: Änderungen an Elementen, Ergebnissen, Durchsichten, neuen Bildern, Optionen, Ansichten und Namen. „Zurücknehmen“ beginnt mit der neuesten; „Noch einmal“ hebt das auf. Wählen Sie einen Ort, um nur seine Änderungen zu sehen.',
      '„Hierher zurück“ lässt eine Änderung gelten und nimmt die späteren ihres Ortes zurück; die Liste fragt vorher und nennt sie. Der Pfeil neben einer Änderung öffnet ihren Ort. G und dann U öffnet die Liste.',
      'Auf einem Datensatz nimmt Strg+Z den letzten Schritt zurück, Strg+Umschalt+Z führt ihn noch einmal aus. Eine neue Änderung nach zurückgenommenen Schritten fragt, bevor sie diese fallen lässt.'
    ]
  },
  {
    id: 'health-check',
    group: 'data',
    title: 'Datenzustand',
    text: [
      'Die Prüfung sucht nach genauen und Fast-Duplikaten, wahrscheinlich falschen Labels, Ausreißern, unlesbaren oder schlechten Bildern und Texten, Labels mit wenigen Elementen und Testelementen, die auch unter den Trainingselementen sind.',
      'Zu jedem Befund gehören eine Anzahl, Beispiele und eine Seite zum Durchsehen. Ohne Sie wird nichts geändert.'
    ]
  },
  {
    id: 'finding',
    group: 'data',
    title: 'Einen Befund durchsehen',
    text: [
      'Jeder Fall zeigt, was gefunden wurde und warum. Entscheiden Sie mit den Schaltflächen oder ihren Tasten; die Tasten stehen auf den Schaltflächen.',
      'Strg+Z oder die Rücktaste nimmt die letzte Entscheidung zurück. Sie können jederzeit aufhören: Was entschieden ist, ist gespeichert.'
    ]
  },
  {
    id: 'groups',
    group: 'data',
    title: 'Was zusammengehört',
    text: [
      'Die App lernt, welche Felder eines Bildes zusammengehören, und zeigt seine Gruppen mit ihrer Sicherheit. Gruppen beginnen zufällig, deshalb werden acht Anfänge gezeichnet: Einigkeit sagt, wie gleich sie sind, Sicherheit, wie klar ein Feld zu einer Gruppe gehört.',
      'Das Ergebnis nennt, was der Vergleich damit bringt, neben den Hauptachsen der Bildpunkte und den eingebauten Fingerabdrücken. Wo eines davon besser ist, wird es nicht zum Auswählen angeboten.',
      'Die Gruppen aller Bilder werden zu Teilen sortiert. Seltene Teile zeigen Lücken; ein Label, das einen Teil kaum hat, den andere haben, ist einen Blick wert.'
    ]
  },
  {
    id: 'labels-tab',
    group: 'data',
    title: 'Labels eines Datensatzes',
    text: [
      'Wie viele Elemente jedes Label hat, unter den Trainings- und den Testelementen. Ein Label mit wenigen Elementen ist schwer zu lernen und geht leicht verloren.'
    ]
  },
  {
    id: 'columns-tab',
    group: 'data',
    title: 'Spalten eines Datensatzes',
    text: [
      'Was jede Spalte einer Tabelle enthält und wofür sie verwendet wird: Bild, Text, Label, Gruppe, Quelle, oder Training und Test.'
    ]
  },
  {
    id: 'problems-tab',
    group: 'data',
    title: 'Was nicht gelesen werden konnte',
    text: [
      'Eine Zeile für jede weggelassene Datei oder Zeile, mit dem Grund. Die Liste lässt sich als Tabelle speichern.'
    ]
  },
  {
    id: 'about-tab',
    group: 'data',
    title: 'Über einen Datensatz',
    text: [
      'Woher er kommt, wie groß er ist, und sein Fingerabdruck. Zwei Datensätze mit demselben Fingerabdruck enthalten dieselben Elemente.'
    ]
  },
  {
    id: 'expand-small-set',
    group: 'data',
    title: 'Ein kleines Set erweitern',
    text: [
      'Macht Zwischenformen von 10 bis 200 Bildern mit einem Bildmodell, das sie nicht kennen muss. Was keines von ihnen zeigt, kann auch hier nicht entstehen.',
      'Jedes neue Bild steht neben dem ähnlichsten echten, mit seinen Zahlen. Kopien, andere Labels und Doppelte werden abgelehnt, und Sie haben das letzte Wort.',
      'Neue Bilder lassen sich ansehen, während weitere entstehen. Beenden Sie es, sobald es genug sind: Was fertig ist, bleibt erhalten.',
      'Kann das Modell Ihre Bilder nicht zeigen, lassen Sie eines aus ihnen lernen, grau oder farbig, oder verwenden Sie eine eigene Modelldatei (.onnx).',
      'Messen Sie, bevor Sie sie verwenden: Oft tun Spiegeln und Schieben dasselbe, und das Ergebnis sagt es.'
    ]
  },
  {
    id: 'choose-data',
    group: 'choose',
    title: 'Auswählen, Schritt 1: welche Daten',
    text: [
      'Wählen Sie den Datensatz und ob alle seine Elemente, der aktuelle Filter oder eine gespeicherte Ansicht zur Auswahl stehen. Was beiseitegelegt ist, wird nie ausgewählt.',
      'Der Bereich am rechten Rand sagt immer, was aus dem Plan wird.'
    ]
  },
  {
    id: 'choose-goal',
    group: 'choose',
    title: 'Auswählen, Schritt 2: das Ziel',
    text: [
      'Das Ziel bestimmt, was ein gutes Element ist. Ziele, denen diese Daten nicht dienen können, bleiben mit dem Grund sichtbar.',
      'Zielaufgaben sind einige Beispiele dafür, wofür die Auswahl gut sein soll. Mit ihnen lassen sich Verfahren verwenden, die nach Beispielen arbeiten.'
    ]
  },
  {
    id: 'choose-how-much',
    group: 'choose',
    title: 'Auswählen, Schritt 3: wie viel',
    text: [
      'Elemente, Anteil, Größe, Tokens und Zeit zum Labeln hängen zusammen: Ändern Sie eines, und die anderen folgen.',
      'Die App kann auch die kleinste Auswahl suchen, die das meiste von der Genauigkeit aller Daten behält. Das dauert länger.'
    ]
  },
  {
    id: 'choose-rules',
    group: 'choose',
    title: 'Auswählen, Schritt 4: Regeln',
    text: [
      'Elemente, die immer oder nie behalten werden, wie viele es von jedem Label mindestens und höchstens sein sollen, Wiederholtes, und Elemente, die zusammengehören. Nichts davon ist nötig.',
      'Alles wird beim Schreiben geprüft. Wo sich Regeln widersprechen, bietet die Meldung einen Ausweg an.'
    ]
  },
  {
    id: 'choose-method',
    group: 'choose',
    title: 'Auswählen, Schritt 5: das Verfahren',
    text: [
      'Ein Verfahren ist für Ihre Daten und Ihr Ziel empfohlen, mit dem Grund. „Wie das funktioniert“ auf jeder Karte öffnet eine Seite darüber.',
      'Eine Zufallsauswahl läuft immer daneben. Bis zu vier weitere Verfahren lassen sich im selben Lauf versuchen und vergleichen.'
    ]
  },
  {
    id: 'choose-check',
    group: 'choose',
    title: 'Auswählen, Schritt 6: die Prüfung',
    text: [
      'Dasselbe kleine Modell lernt aus der Auswahl, aus gleich großen Zufallssets und aus allen Daten, jeweils mehrmals. Geprüft wird immer an denselben Elementen, die keines davon gesehen hat.',
      'Für ein verlässliches Urteil braucht es mindestens drei Wiederholungen.'
    ]
  },
  {
    id: 'choose-review',
    group: 'choose',
    title: 'Auswählen, Schritt 7: Start',
    text: [
      'Der ganze Plan in einem Satz; jeder unterstrichene Teil führt zu seinem Schritt zurück. Darunter steht, wie lange es etwa dauert und was es braucht.',
      'Ein Plan lässt sich für später speichern, oder als Rezept, das auch für andere Daten gilt. Der Befehl daneben tut dasselbe ohne Fenster.'
    ]
  },
  {
    id: 'tiny-data',
    group: 'tiny',
    title: 'Mini-Set, Schritt 1: welche Daten',
    text: [
      'Bilder, Texte oder Tabellen mit Labels, oder Paare von Bild und Text. Ein Label braucht genug Elemente, damit sich daraus lernen lässt; solche mit zu wenigen können hier wegbleiben.'
    ]
  },
  {
    id: 'tiny-kind',
    group: 'tiny',
    title: 'Mini-Set, Schritt 2: welche Art',
    text: [
      'Echte Elemente mit reicheren Labels sind die sichere Wahl: Sie funktionieren mit jedem späteren Modell. Vom Computer erzeugte Elemente kommen mit weniger aus, sind aber keine echten Fotos und wirken am besten mit der Art von Modell, mit der sie erstellt wurden.'
    ]
  },
  {
    id: 'tiny-size',
    group: 'tiny',
    title: 'Mini-Set, Schritt 3: wie klein',
    text: [
      'Elemente je Label. Der Bereich am rechten Rand sagt, wie viele das insgesamt sind und um wie viel kleiner das Set damit ist.'
    ]
  },
  {
    id: 'tiny-effort',
    group: 'tiny',
    title: 'Mini-Set, Schritt 4: wie viel Arbeit',
    text: [
      '„Schnell“ gibt einen ersten Eindruck. Die Zeiten sind für Ihre Daten auf diesem Computer berechnet. Bilder über der angebotenen Größe würden hier viele Stunden brauchen.'
    ]
  },
  {
    id: 'tiny-check',
    group: 'tiny',
    title: 'Mini-Set, Schritt 5: die Prüfung',
    text: [
      'Das Set wird mit gleich vielen zufälligen Elementen, mit einer Auswahl und mit allen Daten verglichen. Geprüft wird es auch mit einer anderen Art von Modell, denn Mini-Sets taugen oft nur für das Modell, mit dem sie erstellt wurden.'
    ]
  },
  {
    id: 'tiny-review',
    group: 'tiny',
    title: 'Mini-Set, Schritt 6: Start',
    text: [
      'Der Plan in einem Satz, mit seiner Zeit und dem, was er braucht. Während der Lauf arbeitet, sehen Sie, wie die Elemente sich ändern; er lässt sich vorzeitig beenden, und das bisher Beste bleibt.'
    ]
  },
  {
    id: 'tiny-result',
    group: 'tiny',
    title: 'Das Ergebnis eines Mini-Sets',
    text: [
      'Das Urteil vergleicht das Set mit zufälligen Elementen und mit allen Daten. Der Warnhinweis sagt, wofür ein solches Set nicht verwendet werden darf.',
      '„Was lehrt es?“ zeigt, was Modelle von jedem Element mitnehmen.'
    ]
  },
  {
    id: 'traces-list',
    group: 'traces',
    title: 'Verläufe und Durchsichten',
    text: [
      'Ein Verlauf ist das Protokoll eines Versuchs, mit dem ein Agent eine Aufgabe angeht. Sammlungen enthalten Verläufe; Durchsichten sind Pläne, einige davon zu lesen, mit Ihren Antworten.'
    ]
  },
  {
    id: 'adding-traces',
    group: 'traces',
    title: 'Verläufe hinzufügen',
    text: [
      'Legen Sie Protokolldateien oder Ordner ab. Die App erkennt viele Formen; bei anderen sagen Sie, in welchem Feld steht, wer sprach, was aufgerufen wurde und was zurückkam.',
      'Gefundene Schlüssel, Kennwörter und Adressen werden gezählt und können verborgen werden, bevor etwas übernommen wird.'
    ]
  },
  {
    id: 'trace-set',
    group: 'traces',
    title: 'Eine Sammlung',
    text: [
      'Versuche lassen sich filtern und ordnen. „Aufgaben“ führt sie danach auf, was sie versucht haben, sodass gescheiterte und gelungene Versuche an derselben Aufgabe nebeneinanderliegen.',
      '„Werkzeuge“ sagt, was jedes Werkzeug tut: lesen, etwas ändern oder sprechen. Darauf stützen sich die Vorschläge, wo ein Versuch fehlging.'
    ]
  },
  {
    id: 'trace-graph',
    group: 'traces',
    title: 'Die Karte der Wege',
    text: [
      'Sie fügt alle Versuche an einer Aufgabe zu einer Zeichnung zusammen: Kästen sind Zustände der Welt, Pfeile sind Schritte. Dicke Pfeile wurden oft gegangen; die Farben sagen, wie oft sie zum Gelingen führten.'
    ]
  },
  {
    id: 'trace-runner',
    group: 'traces',
    title: 'Agenten laufen lassen',
    text: [
      'Spielt kleine Aufgaben auf Webseiten, die mit der App kommen, sodass Sie eigene Verläufe bekommen. Die Seiten sind abgeschlossen: Sie erreichen kein Netz.'
    ]
  },
  {
    id: 'find-the-way',
    group: 'traces',
    title: 'Den Weg von Raum zu Raum finden',
    text: [
      'Aus einem Ordner mit den Orten von Gebäuden und Wegen durch sie wird eine Sammlung. Ein Planer lernt in einigen Gebäuden und wird in anderen gemessen, neben einfachen Arten zu gehen.',
      'Das Ergebnis sagt, wie oft das Ziel gefunden wurde und wie direkt der Weg war, und zeichnet einzelne Gänge. Es kann auch sagen, dass der Planer nicht besser ist.'
    ]
  },
  {
    id: 'plan-judge',
    group: 'traces',
    title: 'Durchsicht, Schritt 1: was beurteilen',
    text: [
      'Jeder Versuch bekommt ein Urteil, seinen ersten Fehler und „Für das Training behalten“. Dazu kommen bis zu 6 eigene Fragen.'
    ]
  },
  {
    id: 'plan-order',
    group: 'traces',
    title: 'Durchsicht, Schritt 2: was zuerst',
    text: [
      'Die aufschlussreichsten Versuche kommen zuerst: gescheiterte, Schleifen, lange, seltene Werkzeuge. Ein Anteil wird immer durch das Los gezogen, denn nur daraus lassen sich Quoten für alle Versuche nennen.'
    ]
  },
  {
    id: 'plan-reading',
    group: 'traces',
    title: 'Durchsicht, Schritt 3: wie gelesen wird',
    text: [
      'Verborgene Namen und Vorschläge halten Urteile unvoreingenommen. Zweite Blicke bringen einige Versuche später zurück, um zu messen, wie beständig Sie urteilen.'
    ]
  },
  {
    id: 'plan-start',
    group: 'traces',
    title: 'Durchsicht, Schritt 4: Start',
    text: [
      'Der Plan und wie lange er etwa dauert. Sie können jederzeit aufhören und später weitermachen.'
    ]
  },
  {
    id: 'reviewing',
    group: 'traces',
    title: 'Einen Versuch lesen und beurteilen',
    text: [
      'Links die Schritte, in der Mitte das Protokoll, rechts Ihre Antworten. Jede Antwort wird gespeichert, sobald Sie sie geben.',
      'Alles geht auch mit Tasten; die Übersicht der Tasten führt sie auf, und dort lassen sie sich ändern.'
    ]
  },
  {
    id: 'review-report',
    group: 'traces',
    title: 'Der Bericht einer Durchsicht',
    text: [
      'Quoten mit ihren Bereichen, allein aus den durch das Los gezogenen Versuchen; wie weit Sie mit sich selbst und mit anderen übereinstimmen; Gründe; und was für das Training behalten ist.',
      'Von hier aus lassen sich Versuche für das Training exportieren oder zu einem Datensatz machen.'
    ]
  },
  {
    id: 'runs',
    group: 'results',
    title: 'Läufe',
    text: [
      'Alles, was gestartet wurde, mit Zustand und Urteil. Zwei Läufe lassen sich vergleichen; ein Lauf lässt sich umbenennen oder entfernen.',
      'Ein Lauf geht weiter, während Sie anderswo in der App arbeiten.'
    ]
  },
  {
    id: 'run-page',
    group: 'results',
    title: 'Ein Lauf unterwegs',
    text: [
      'Was er gerade tut, wie weit er ist und wie lange er etwa noch dauert, sobald sich das ehrlich sagen lässt. Das Protokoll behält alles, was geschehen ist.'
    ]
  },
  {
    id: 'stopping',
    group: 'results',
    title: 'Anhalten und fortsetzen',
    text: [
      'Jeder Lauf lässt sich anhalten, oder so beenden, dass das bisher Fertige bleibt. Nach einem Absturz oder Stromausfall bietet die Seite „Start“ an, dort fortzusetzen, wo er stehen blieb, und das Ergebnis ist dasselbe wie ohne Unterbrechung.'
    ]
  },
  {
    id: 'test-of-result',
    group: 'results',
    title: 'Wie das Ergebnis geprüft wird',
    text: [
      'Dasselbe einfache Prüfmodell lernt aus der Auswahl, aus einem gleich großen Zufallsset und aus allen Daten, jeweils mehrmals. Geprüft wird immer an denselben Elementen, die keines davon gesehen hat.',
      'War das Auswählen nicht besser als Zufall, sagt das Ergebnis das auch.'
    ]
  },
  {
    id: 'result',
    group: 'results',
    title: 'Das Ergebnis des Auswählens',
    text: [
      'Oben das Urteil; darunter die ausgewählten und die weggelassenen Elemente, jeweils mit dem Grund; was die Auswahl nicht abdeckt; die Labels; die Prüfung; und alle Einstellungen.',
      'Elemente lassen sich von Hand tauschen, behalten oder herausnehmen. Danach wird die Auswahl erneut geprüft.'
    ]
  },
  {
    id: 'export',
    group: 'results',
    title: 'Exportieren',
    text: [
      'Legt einen neuen Ordner an, mit den Elementen, Listen davon, einem Bericht und den Fingerabdrücken aller Dateien. Formen für das Training können hinzukommen.',
      'Später findet „Nachprüfen“ jede Datei, die in einem solchen Ordner fehlt, geändert wurde oder neu ist.'
    ]
  },
  {
    id: 'compare',
    group: 'results',
    title: 'Zwei Läufe vergleichen',
    text: [
      'Wie weit sich zwei Sets überschneiden, ihre Labels, Prüfungen, Einstellungen und Zeiten, nebeneinander.'
    ]
  },
  {
    id: 'recipes',
    group: 'results',
    title: 'Rezepte',
    text: [
      'Ein Rezept ist ein Plan ohne seine Daten: Ziel, Umfang, Regeln und Verfahren. Wenden Sie es auf einen anderen Datensatz an, oder geben Sie es als Datei weiter.'
    ]
  },
  {
    id: 'settings',
    group: 'app',
    title: 'Optionen',
    text: [
      'Jede Änderung gilt sofort und lässt sich zurücknehmen. Einstellungen gehören zu Ihnen auf diesem Computer, nicht zu einem Projekt.'
    ]
  },
  {
    id: 'computer',
    group: 'app',
    title: 'Was der Computer tun darf',
    text: [
      'Wie viele Kerne Läufe nutzen dürfen und welches Gerät rechnet. Die Geschwindigkeiten sind hier gemessen, nicht nachgeschlagen. Musste während eines Laufs ein Gerät durch ein anderes ersetzt werden, sagt die App das.'
    ]
  },
  {
    id: 'backups',
    group: 'app',
    title: 'Sicherungen',
    text: [
      'Eine Sicherung der Projektdatei entsteht einmal am Tag und mit der Schaltfläche in „Optionen“, „Speicher“. Dort lässt sich jede wiederherstellen: Zuerst sehen Sie, was seitdem entstanden ist und weg wäre.',
      'Das Projekt, wie es davor war, wird aufgehoben und kann genauso zurückgeholt werden. Kann ein Projekt nicht geöffnet werden, weil seine Datei beschädigt ist, wird sofort die neueste Sicherung angeboten.'
    ]
  },
  {
    id: 'privacy',
    group: 'app',
    title: 'Datenschutz',
    text: ['Die App hat keine Netzwerkfunktionen. Die Optionen führen auf, was wo gespeichert ist.']
  },
  {
    id: 'keyboard',
    group: 'app',
    title: 'Mit der Tastatur arbeiten',
    text: [
      'Alles ist mit Tab zu erreichen, und ? zeigt die Tasten, die auf der aktuellen Seite gelten. Esc schließt nur die oberste Ebene und hält nie einen Lauf an.'
    ]
  }
]

/** Words the screens use, with what engineers call them. */
export const glossary: Words<typeof en.glossary> = [
  {
    id: 'accuracy',
    title: 'Genauigkeit',
    text: 'Der Anteil der Testelemente, denen das Prüfmodell dasselbe Label gibt wie Ihre Daten.',
    see: ['check-model', 'test-items', 'points']
  },
  {
    id: 'agreement',
    title: 'Übereinstimmung',
    text: 'Wie oft zwei Urteile über denselben Versuch gleich sind, über das hinaus, was der Zufall ergäbe.',
    technical: 'Cohens Kappa, Krippendorffs Alpha',
    see: ['second-look', 'review']
  },
  {
    id: 'arrays',
    title: 'Zahlendateien',
    text: 'Dateien mit Tabellen aus Zahlen, wie andere Programme sie schreiben: NPY, NPZ, IDX und safetensors.',
    technical: 'Array-Formate'
  },
  {
    id: 'attempt',
    title: 'Versuch',
    text: 'Ein Anlauf eines Agenten zu einer Aufgabe, von dem, was ihm gesagt wurde, bis zum Ende.',
    technical: 'Trajektorie, Episode, Rollout',
    see: ['trace', 'step']
  },
  {
    id: 'blind',
    title: 'Namen und Vorschläge verbergen',
    text: 'Urteilen, ohne zu sehen, welcher Agent es war oder was die App meint, damit keines von beiden das Urteil färbt.',
    technical: 'verblindete Begutachtung',
    see: ['review', 'suggestion']
  },
  {
    id: 'how-much',
    title: 'Wie viel behalten wird',
    text: 'Die Anzahl oder der Anteil der Elemente, die behalten werden, oder ihre Größe, ihre Tokens oder die Zeit zum Labeln. Die App kann auch die kleinste Auswahl suchen, die noch gut genug ist.',
    technical: 'Budget',
    see: ['chosen-set', 'token']
  },
  {
    id: 'check-model',
    title: 'Prüfmodell',
    text: 'Ein kleines Modell, das aus einem Set lernt, damit zu sehen ist, wie gut das Set ist.',
    technical: 'Evaluator, lineare Sonde (linear probe)',
    see: ['test-items', 'verdict', 'helper-model']
  },
  {
    id: 'chosen-set',
    title: 'Auswahl',
    text: 'Die Elemente, die ein Lauf behalten hat.',
    technical: 'Teilmenge, Kernmenge (coreset)',
    see: ['how-much', 'run', 'set-aside']
  },
  {
    id: 'columnar',
    title: 'Parquet und Arrow',
    text: 'Dateien, die große Tabellen Spalte für Spalte speichern. Programme für Datenanalyse schreiben sie.',
    technical: 'spaltenorientierte Formate',
    see: ['arrays']
  },
  {
    id: 'coverage',
    title: 'Abdeckung',
    text: 'Wie viel von den Daten ein ähnliches ausgewähltes Element hat. Was keines hat, wird als Lücke aufgeführt.',
    technical: 'Überdeckungsradius (coverage radius)',
    see: ['spread-out', 'similarity-map']
  },
  {
    id: 'dataset',
    title: 'Datensatz',
    text: 'Daten, die gemeinsam hinzugefügt wurden: ihre Elemente, deren Labels und Spalten. Erneutes Lesen ergibt eine neue Version.',
    see: ['item', 'label', 'group']
  },
  {
    id: 'device',
    title: 'Gerät',
    text: 'Der Teil des Computers, der rechnet: der Prozessor oder eine Grafikkarte.',
    technical: 'Tensor-Backend'
  },
  {
    id: 'duplicate',
    title: 'Duplikat',
    text: 'Ein Element, dessen Inhalt genau der eines anderen ist.',
    technical: 'gleicher Inhalts-Hash',
    see: ['near-duplicate', 'fingerprint']
  },
  {
    id: 'fingerprint',
    title: 'Fingerabdruck einer Datei',
    text: 'Ein kurzer Code, der sich ändert, wenn die Datei sich ändert.',
    technical: 'SHA-256-Hash',
    see: ['duplicate', 'manifest']
  },
  {
    id: 'first-mistake',
    title: 'Erster Fehler',
    text: 'Der Schritt eines Versuchs, mit dem er den Weg zum Gelingen verließ.',
    technical: 'erster falscher Schritt, Fehlerzuordnung (failure attribution)',
    see: ['step', 'suggestion']
  },
  {
    id: 'group',
    title: 'Gruppe',
    text: 'Elemente, die zusammengehören, etwa Bilder derselben Person.',
    technical: 'Gruppenschlüssel',
    see: ['label', 'test-items']
  },
  {
    id: 'hard-example',
    title: 'Schwieriges Beispiel',
    text: 'Ein Element, mit dem Hilfsmodelle sich schwertun: Sie irren sich, lernen es spät oder sind unsicher.',
    technical: 'EL2N, Vergessen (forgetting), Margin',
    see: ['typical-example', 'wrong-label', 'helper-model']
  },
  {
    id: 'health',
    title: 'Datenzustand',
    text: 'Was die App beim Durchsehen der Daten gefunden hat: Wiederholtes, wahrscheinlich falsche Labels, Ausreißer, schlechte Dateien, Labels mit wenigen Elementen.',
    technical: 'Bericht zur Datenqualität',
    see: ['near-duplicate', 'wrong-label', 'odd-one-out', 'leak']
  },
  {
    id: 'helper-model',
    title: 'Hilfsmodell',
    text: 'Ein Modell, das die App unterwegs mit Ihren Daten trainiert, um sie mit seinen Augen zu sehen.',
    technical: 'Lehrer (teacher), Experte, Stellvertretermodell (proxy)',
    see: ['check-model', 'richer-labels', 'onnx']
  },
  {
    id: 'item',
    title: 'Element',
    text: 'Ein Bild, ein Text, ein Gespräch oder eine Zeile.',
    technical: 'Beispiel, Instanz, Stichprobe (sample)',
    see: ['dataset', 'label']
  },
  {
    id: 'label',
    title: 'Label',
    text: 'Was ein Element zeigt oder bedeutet, wie es in Ihren Daten steht.',
    technical: 'Klasse',
    see: ['richer-labels', 'wrong-label']
  },
  {
    id: 'leak',
    title: 'In Training und Test',
    text: 'Ein Testelement, das genau so oder fast so auch unter den anderen ist. Es lässt jede Prüfung besser aussehen, als sie ist.',
    technical: 'Datenleck zwischen Training und Test (split leakage)',
    see: ['test-items', 'near-duplicate']
  },
  {
    id: 'learning-directions',
    title: 'Lernrichtungen',
    text: 'Für jedes Element, in welche Richtung ein Modell sich ändern würde, wenn es daraus lernte. Sie können hier berechnet oder als Dateien mitgebracht werden.',
    technical: 'Gradienten',
    see: ['like-my-examples']
  },
  {
    id: 'like-my-examples',
    title: 'Wie meine Beispiele',
    text: 'Behält die Elemente, die ein Modell am meisten über Ihre Zielaufgaben lehren.',
    technical: 'Einfluss (influence), Gradientenabgleich',
    see: ['task', 'votes', 'learning-directions']
  },
  {
    id: 'made',
    title: 'Vom Computer erzeugt',
    text: 'Ein Element, das berechnet wurde und nicht aus Ihren Daten stammt. Solche Elemente sind überall und in jedem Export gekennzeichnet.',
    technical: 'synthetisch',
    see: ['tiny-set']
  },
  {
    id: 'manifest',
    title: 'Liste eines Exports',
    text: 'Eine Datei in jedem Export, die alle anderen mit ihren Fingerabdrücken nennt, damit sich der Ordner später nachprüfen lässt.',
    technical: 'Manifest mit Prüfsummen',
    see: ['fingerprint']
  },
  {
    id: 'map-of-paths',
    title: 'Karte der Wege',
    text: 'Eine Zeichnung aller Wege, auf denen Versuche durch eine Aufgabe gingen.',
    technical: 'Zustandsgraph',
    see: ['attempt', 'step']
  },
  {
    id: 'near-duplicate',
    title: 'Fast-Duplikat',
    text: 'Ein Element, das fast gleich ist wie ein anderes.',
    technical: 'Nachbar über einer Schwelle der Kosinus-Ähnlichkeit',
    see: ['duplicate', 'similarity-fingerprint']
  },
  {
    id: 'odd-one-out',
    title: 'Ausreißer',
    text: 'Ein Element, das allem um sich herum unähnlich ist. Es kann ein Fehler sein, oder etwas Seltenes, auf das es ankommt.',
    technical: 'Outlier',
    see: ['typical-example', 'similarity-fingerprint']
  },
  {
    id: 'onnx',
    title: 'Modelldatei',
    text: 'Ein Modell, so gespeichert, dass andere Programme es verwenden können, mit einem Namen, der auf .onnx endet. Die App kann eines als Hilfsmodell oder für Ähnlichkeitsmerkmale nehmen.',
    technical: 'Open Neural Network Exchange',
    see: ['helper-model', 'similarity-fingerprint']
  },
  {
    id: 'pass',
    title: 'Durchgang',
    text: 'Einmal durch alle Elemente, während ein Modell lernt.',
    technical: 'Epoche',
    see: ['helper-model']
  },
  {
    id: 'points',
    title: 'Punkte',
    text: 'Der Unterschied zweier Prozentwerte: von 80 % auf 83 % sind es 3 Punkte.',
    technical: 'Prozentpunkte',
    see: ['accuracy', 'range']
  },
  {
    id: 'project',
    title: 'Projekt',
    text: 'Ein Ordner, dessen Name auf .winnow endet. Er enthält Daten, Pläne und Ergebnisse und kann kopiert werden.',
    technical: 'SQLite-Datenbank mit Begleitdateien'
  },
  {
    id: 'range',
    title: 'Bereich neben einer Zahl',
    text: 'Wo die wahre Zahl in 95 von 100 Fällen liegt. Enthält der Bereich eines Unterschieds die 0, gibt es vielleicht keinen Unterschied.',
    technical: '95-%-Konfidenzintervall',
    see: ['verdict', 'repeats']
  },
  {
    id: 'recipe',
    title: 'Rezept',
    text: 'Ein Plan, der ohne seine Daten gespeichert wurde, um wieder verwendet oder weitergegeben zu werden.',
    technical: 'gespeicherte Konfiguration',
    see: ['run']
  },
  {
    id: 'repeat-code',
    title: 'Wiederholungscode',
    text: 'Eine Zahl, mit der zufällige Schritte wieder genauso ausfallen.',
    technical: 'Startwert des Zufallsgenerators (seed)',
    see: ['run', 'repeats']
  },
  {
    id: 'repeats',
    title: 'Wiederholungen',
    text: 'Wie oft die Prüfung von vorn gemacht wird. Mehr Wiederholungen machen den Bereich enger.',
    technical: 'Läufe über mehrere Startwerte (seeds)',
    see: ['range', 'check-model']
  },
  {
    id: 'review',
    title: 'Durchsicht',
    text: 'Ein Plan, einige Versuche einer Sammlung zu lesen, mit den Antworten, die gegeben wurden.',
    technical: 'Annotationswarteschlange',
    see: ['attempt', 'second-look', 'blind']
  },
  {
    id: 'richer-labels',
    title: 'Reichere Labels',
    text: 'Für jedes Element ein Anteil je Label statt nur eines Labels: wie sehr ein Hilfsmodell das Element für einen Schuh, einen Stiefel oder eine Tasche hält.',
    technical: 'weiche Labels (soft labels)',
    see: ['helper-model', 'tiny-set', 'label']
  },
  {
    id: 'run',
    title: 'Lauf',
    text: 'Einmal Auswählen oder Erstellen, mit den Einstellungen und dem Ergebnis.',
    technical: 'Job',
    see: ['recipe', 'step-list', 'repeat-code']
  },
  {
    id: 'second-look',
    title: 'Zweiter Blick',
    text: 'Ein Versuch, der in einer Durchsicht später noch einmal kommt, um zu sehen, ob Sie gleich urteilen.',
    technical: 'Intra-Rater-Reliabilität',
    see: ['agreement', 'review']
  },
  {
    id: 'secrets',
    title: 'Vertrauliches',
    text: 'Schlüssel, Kennwörter, Adressen und Namen persönlicher Ordner, die in Protokollen auftauchen. Beim Hinzufügen von Verläufen können sie endgültig verborgen werden.',
    technical: 'Zugangsdaten, personenbezogene Daten',
    see: ['trace']
  },
  {
    id: 'set-aside',
    title: 'Beiseitelegen',
    text: 'Aus neuen Läufen weglassen, ohne etwas zu löschen.',
    technical: 'ausgeschlossen',
    see: ['chosen-set']
  },
  {
    id: 'similarity-fingerprint',
    title: 'Ähnlichkeitsmerkmale',
    text: 'Eine Liste von Zahlen, die die App zu jedem Element berechnet, sodass Elemente, die sich ähneln, auch ähnliche Zahlen haben.',
    technical: 'Embedding, Merkmalsvektor',
    see: ['similarity-map', 'near-duplicate']
  },
  {
    id: 'similarity-map',
    title: 'Ähnlichkeitskarte',
    text: 'Ein Bild des ganzen Datensatzes mit einem Punkt je Element. Nahe Punkte sind ähnliche Elemente.',
    technical: '2D-Projektion',
    see: ['similarity-fingerprint', 'coverage']
  },
  {
    id: 'source',
    title: 'Quelle',
    text: 'Woher ein Element kommt, etwa von einer Website, einer Kamera oder aus einer Sammlung, wie eine Spalte Ihrer Daten es nennt.',
    technical: 'Domäne',
    see: ['group']
  },
  {
    id: 'spread-out',
    title: 'Breit gestreut',
    text: 'Behält Elemente, die einander unähnlich sind, sodass jede Ecke der Daten vertreten ist.',
    technical: 'k-Zentren (k-center), Standortplanung (facility location)',
    see: ['coverage', 'typical-example']
  },
  {
    id: 'step',
    title: 'Schritt',
    text: 'Etwas, das ein Agent in einem Versuch tat, mit dem, was zurückkam.',
    technical: 'Aktion und Beobachtung',
    see: ['attempt', 'first-mistake']
  },
  {
    id: 'step-list',
    title: 'Liste der Schritte',
    text: 'Was getan wurde, um zu einem Ergebnis zu kommen oder einen Datensatz zu ändern, ein Schritt je Zeile.',
    technical: 'Herkunft (lineage, provenance)',
    see: ['run']
  },
  {
    id: 'suggestion',
    title: 'Vorschlag',
    text: 'Wo ein Versuch nach Meinung der App zuerst fehlging, mit den Gründen und wie sicher sie ist.',
    technical: 'Fehlerzuordnung (failure attribution)',
    see: ['first-mistake', 'review']
  },
  {
    id: 'tag',
    title: 'Schlagwort',
    text: 'Ein eigenes Wort an einem Element, um es wiederzufinden oder in einer Regel zu verwenden.',
    see: ['set-aside']
  },
  {
    id: 'task',
    title: 'Zielaufgabe',
    text: 'Eine benannte Gruppe von Beispielen, die zeigt, wofür die Auswahl gut sein soll.',
    technical: 'target task, Validierungsmenge',
    see: ['like-my-examples', 'votes']
  },
  {
    id: 'test-items',
    title: 'Testelemente',
    text: 'Elemente, die zurückgehalten und nie ausgewählt werden, damit die Prüfung unvoreingenommen ist.',
    technical: 'zurückgehaltene Testmenge (held-out set)',
    see: ['check-model', 'leak']
  },
  {
    id: 'tiny-set',
    title: 'Mini-Trainingsset',
    text: 'Wenige Elemente, die für ein großes Set einstehen, wenn ein Modell lernt. Es können echte Elemente mit reicheren Labels sein oder vom Computer erzeugte.',
    technical: 'destillierter Datensatz',
    see: ['richer-labels', 'made', 'helper-model']
  },
  {
    id: 'token',
    title: 'Token',
    text: 'Ein Stück Text, wie ein Sprachmodell es zählt, etwa drei Viertel eines englischen Wortes; deutsche Wörter bestehen oft aus mehreren.',
    technical: 'Token',
    see: ['how-much']
  },
  {
    id: 'trace',
    title: 'Verlauf',
    text: 'Das Protokoll eines Versuchs eines Agenten.',
    technical: 'Agent-Trace, Transkript',
    see: ['attempt', 'step', 'secrets']
  },
  {
    id: 'typical-example',
    title: 'Typisches Beispiel',
    text: 'Ein Element, dem viele andere ähnlich sind.',
    technical: 'hohe Dichte, Herding',
    see: ['odd-one-out', 'hard-example', 'spread-out']
  },
  {
    id: 'verdict',
    title: 'Urteil',
    text: 'Die Zeile oben auf einem Ergebnis: ob das Auswählen besser war als eine gleich große Zufallsauswahl, und um wie viel.',
    technical: 'gepaarter Vergleich mit einer zufälligen Vergleichsauswahl (baseline)',
    see: ['range', 'points', 'check-model']
  },
  {
    id: 'version',
    title: 'Version eines Datensatzes',
    text: 'Was ein Datensatz zu einer Zeit enthielt. Ergebnisse behalten die Version, mit der sie entstanden.',
    technical: 'Momentaufnahme des Datensatzes (snapshot)',
    see: ['dataset', 'run']
  },
  {
    id: 'votes',
    title: 'Stimmen',
    text: 'Jede Zielaufgabe stimmt für die Elemente, die ihr helfen. Elemente mit Stimmen aus vielen Aufgaben werden zuerst behalten.',
    technical: 'Konsens der Einflüsse (influence consensus)',
    see: ['task', 'like-my-examples']
  },
  {
    id: 'wrong-label',
    title: 'Wahrscheinlich falsches Label',
    text: 'Ein Element, dessen Label Modelle, die es nie gesehen haben, nicht vergeben würden. Sie entscheiden, ob die Modelle recht haben.',
    technical: 'Labelfehler, confident learning',
    see: ['label', 'health']
  }
]
