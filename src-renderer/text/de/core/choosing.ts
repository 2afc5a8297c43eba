// German for sentences of the core about messages of the plan for choosing, and their buttons.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Messages of the wizards, and their buttons.
  'Leave some groups out': 'Einige Gruppen weglassen',
  'The sizes of these items are not known, so a size cannot say how much to keep.':
    'Die Größe dieser Elemente ist nicht bekannt; sie kann nicht sagen, wie viel behalten wird.',
  'These items have no text, so tokens cannot say how much to keep.':
    'Diese Elemente haben keinen Text; Tokens können nicht sagen, wie viel behalten wird.',
  'The smallest set is found by comparing accuracy, and these items have no labels.':
    'Die kleinste Auswahl wird über die Genauigkeit gesucht, und diese Elemente haben keine Labels.',
  'The smallest set is found by comparing accuracy, and all these items have the same label.':
    'Die kleinste Auswahl wird über die Genauigkeit gesucht, und alle diese Elemente haben dasselbe Label.',
  'Pick a label column': 'Spalte mit Labels wählen',
  'Scale minimums down': 'Mindestzahlen verkleinern',
  'Nothing can be kept with these maximums.':
    'Mit diesen Höchstzahlen kann nichts behalten werden.',
  'Remove the maximums': 'Höchstzahlen entfernen',
  'There are limits by source, but no column says where items come from. They have no effect.':
    'Es gibt Grenzen je Quelle, aber keine Spalte sagt, woher Elemente kommen. Sie wirken nicht.',
  'Remove these limits': 'Diese Grenzen entfernen',
  'Clear filters': 'Filter aufheben',
  'No items are left to choose from: all are set aside, kept for testing or dropped.':
    'Es bleibt nichts zum Auswählen: Alles ist beiseitegelegt, für die Prüfung zurückgehalten oder ausgeschlossen.',
  'Look at the data': 'Daten ansehen',
  'See list': 'Liste ansehen',
  'Show them': 'Anzeigen',
  'Keep wins': '„Immer behalten“ gilt',
  'Drop wins': '„Nie behalten“ gilt',
  'Allow test items': 'Testelemente zulassen',
  'Take it off the list': 'Von der Liste nehmen',
  'Take them off the list': 'Von der Liste nehmen',
  'Keep out – recommended': 'Herauslassen – empfohlen',
  Ignore: 'Nicht beachten',
  'Use the recommended method': 'Empfohlenes Verfahren verwenden',
  'No labels found, so the check cannot compare accuracy. You can still choose by similarity.':
    'Keine Labels gefunden, also kann die Prüfung keine Genauigkeit vergleichen. Nach Ähnlichkeit auswählen geht trotzdem.',
  'Continue without': 'Ohne fortfahren',
  'Keep real mix': 'Echte Mischung behalten',
  'Balance anyway': 'Trotzdem ausgleichen',
  'Use the lighter method': 'Sparsameres Verfahren verwenden',
  'Continue without the test': 'Ohne Prüfung fortfahren',
  'Choose another folder': 'Anderen Ordner wählen',
  'Let a helper model learn here instead': 'Stattdessen hier ein Hilfsmodell lernen lassen',
  'Keep only the first': 'Nur die erste behalten',
  // What is missing for a goal or a method.
  'This needs labels; the data has none.': 'Dafür braucht es Labels; diese Daten haben keine.',
  'This data has no pictures.': 'Diese Daten haben keine Bilder.',
  'This data has no texts.': 'Diese Daten haben keine Texte.',
  'This data is not a table of numbers.': 'Diese Daten sind keine Tabelle mit Zahlen.',
  'This needs conversations; this data has none.':
    'Dafür braucht es Gespräche; diese Daten haben keine.',
  'This needs conversations with pictures; this data has none.':
    'Dafür braucht es Gespräche mit Bildern; diese Daten haben keine.',
  'The items already have labels.': 'Die Elemente haben schon Labels.',
  'Needs a list: read one from a file, or change a finished result by hand.':
    'Braucht eine Liste: Lesen Sie eine aus einer Datei, oder ändern Sie ein fertiges Ergebnis von Hand.',
  'Needs texts; this data has none.': 'Braucht Texte; diese Daten haben keine.',
  'Needs to know where items come from: pick the column of their source in the step Rules.':
    'Muss wissen, woher Elemente kommen: Wählen Sie im Schritt „Regeln“ die Spalte mit der Quelle.',
  'Needs labels: pick a label column when adding the data.':
    'Braucht Labels: Wählen Sie beim Hinzufügen der Daten eine Spalte mit Labels.',
  'Needs labels, or learning directions made elsewhere and joined to the data.':
    'Braucht Labels, oder anderswo berechnete und angefügte Lernrichtungen.',
  'Needs example items for at least one target task.':
    'Braucht Beispiele für mindestens eine Zielaufgabe.',

  // Messages for one thing.
  '1 file could not be opened. It is left out.':
    '1 Datei konnte nicht geöffnet werden. Sie wird weggelassen.',

  // Shares of labels.
  'Scale to 100 %': 'Auf 100 % bringen',
  'Use the share': 'Den Anteil verwenden',
  'Drop the share': 'Den Anteil weglassen',

  // Lists that are read.
  'It is longer than any name.': 'Das ist länger als jeder Name.',
  'It is not in this dataset.': 'Das ist nicht in diesem Datensatz.',
  'Row numbers start at 0.': 'Zeilennummern beginnen bei 0.',
  'It is not a row number.': 'Das ist keine Zeilennummer.',
  'This record could not be read when the data was added.':
    'Diese Zeile konnte beim Hinzufügen der Daten nicht gelesen werden.',
  'Several items have this name.': 'Mehrere Elemente haben diesen Namen.',
  'It has no value here.': 'Hier steht kein Wert.',
  'The list has no row 0 but one past the last row, so it may count from 1.':
    'Die Liste hat keine Zeile 0, aber eine nach der letzten; vielleicht zählt sie ab 1.',
  'It is read as counted from 0.': 'Gelesen wird sie ab 0.',
  'file name': 'Dateiname',
  'file names': 'Dateinamen',
  'row number': 'Zeilennummer',
  'row numbers': 'Zeilennummern',

  // Recipes on other data.
  label: 'Label',
  column: 'Spalte',
  columns: 'Spalten',
  source: 'Quelle',
  sources: 'Quellen',
  'that part of the filter was left out': 'dieser Teil des Filters wurde weggelassen',
  'the recommended target tasks are used': 'die empfohlenen Zielaufgaben werden verwendet',
  'of the recipe': 'des Rezepts',
  'the limits for it were left out': 'die Grenzen dafür wurden weggelassen',
  'sources are not told apart, and their limits were left out':
    'Quellen werden nicht unterschieden, und ihre Grenzen wurden weggelassen',
  'groups are not kept together': 'Gruppen werden nicht zusammengehalten',
  'None of the labels the recipe looked at are in this data; all labels are.':
    'Keines der Labels des Rezepts ist in diesen Daten; angesehen werden alle Labels.',
  'The recipe looked at items picked on other data; all items are looked at instead.':
    'Das Rezept galt für Elemente, die in anderen Daten gewählt wurden; angesehen werden alle Elemente.',
  'The recipe looked at what the data check found on other data; all items are looked at instead.':
    'Das Rezept galt für Befunde in anderen Daten; angesehen werden alle Elemente.',
  'None of the target tasks could be used; the recommended ones are.':
    'Keine der Zielaufgaben konnte verwendet werden; verwendet werden die empfohlenen.',
  'real items': 'echte Elemente',
  'computer-made items': 'vom Computer erzeugte Elemente',
  'real items that are changed': 'veränderte echte Elemente',

  // Changes of a result by hand.
  'It is kept for testing.': 'Es ist für die Prüfung zurückgehalten.',
  'It is the same as a test item.': 'Es ist gleich wie ein Testelement.',
  'Were it chosen, the test would not be fair.':
    'Wäre es ausgewählt, so wäre die Prüfung nicht unvoreingenommen.',
  'It is one of the example items.': 'Es ist eines der Beispiele.',
  'It is set aside.': 'Es ist beiseitegelegt.',
  'Restore it first.': 'Holen Sie es zuerst zurück.',
  'It is not in the part of the data this run looked at.':
    'Es ist nicht in dem Teil der Daten, den dieser Lauf angesehen hat.',
  'One of the items cannot be added.': 'Eines der Elemente kann nicht hinzugefügt werden.',
  'Take it off the changes, then check again.':
    'Nehmen Sie es aus den Änderungen heraus, und prüfen Sie noch einmal.',
  'Nothing was changed, so there is nothing to check.':
    'Es wurde nichts geändert, also gibt es nichts zu prüfen.',
  'Every item was taken out, so nothing is left to check.':
    'Alle Elemente wurden herausgenommen; zum Prüfen bleibt nichts.',
  record: 'Originalzeile',
  records: 'Originalzeilen',
  key: 'Schlüssel',
  keys: 'Schlüssel',
  name: 'Name',
  names: 'Namen'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = [
  ['Raise to {#items}', 'Auf {#items} erhöhen'],
  ['Raise to {#items} tokens', 'Auf {#items} Tokens erhöhen'],
  ['Use {#items}', '{#items} verwenden'],
  ['Use all {#items}', 'Alle {#items} verwenden'],
  ['Keep all {#items}', 'Alle {#items} behalten'],
  ['Keep {#items}', '{#items} behalten'],
  ['Keep {#items} items instead', 'Stattdessen {#items} Elemente behalten'],
  ['At most {#items}', 'Höchstens {#items}'],
  ['At least {#items}', 'Mindestens {#items}'],
  ['Continue with {#items}', 'Mit {#items} fortfahren'],
  ['Show {#items}', '{#items} anzeigen'],
  [
    'Keeping {#items} items is too few for {#groups} groups.',
    '{#items} Elemente sind zu wenig für {#groups} Gruppen.'
  ],
  [
    'You need at least {#groups} to have one of each.',
    'Sie brauchen mindestens {#groups}, um von jeder eines zu haben.'
  ],
  [
    'You asked to keep {#asked} items; only {#all} can be chosen.',
    'Sie möchten {#asked} Elemente behalten; zur Auswahl stehen nur {#all}.'
  ],
  [
    'Must-keep items already fill the budget ({#must} of {#keep}). Nothing is left to choose.',
    'Elemente, die immer behalten werden, füllen schon alles ({#must} von {#keep}). Zum Auswählen bleibt nichts.'
  ],
  [
    'Not even the smallest item fits into {#size}.',
    'Nicht einmal das kleinste Element passt in {#size}.'
  ],
  [
    'Finding the smallest set needs at least {#least} items with a label; there are {#labelled}.',
    'Die kleinste Auswahl zu finden braucht mindestens {#least} Elemente mit Label; es sind {#labelled}.'
  ],
  [
    'The minimums add up to {#sum} but you asked to keep {#keep}.',
    'Die Mindestzahlen ergeben zusammen {#sum}, aber Sie möchten {#keep} behalten.'
  ],
  [
    'The minimums of sources add up to {#sum} but you asked to keep {#keep}.',
    'Die Mindestzahlen der Quellen ergeben zusammen {#sum}, aber Sie möchten {#keep} behalten.'
  ],
  [
    '‘{name}’ cannot have at least {#min} and at most {#max} items.',
    '„{name}“ kann nicht mindestens {#min} und höchstens {#max} Elemente haben.'
  ],
  [
    '‘{name}’ has only {#has} items; a minimum of {#min} cannot be met.',
    '„{name}“ hat nur {#has} Elemente; mindestens {#min} sind nicht möglich.'
  ],
  [
    'At most {#most} can be kept with these maximums.',
    'Mit diesen Höchstzahlen können höchstens {#most} behalten werden.'
  ],
  ['0 of {#all} items match.', '0 von {#all} Elementen passen.'],
  [
    '{#count} files could not be opened. They are left out.',
    '{#count} Dateien konnten nicht geöffnet werden. Sie werden weggelassen.'
  ],
  [
    'The list names {#ids} ids; {#unknown} are not in this dataset.',
    'Die Liste nennt {#ids} Kennungen; {#unknown} sind nicht in diesem Datensatz.'
  ],
  [
    '{#both} items are on both lists, Must keep and Must drop.',
    '{#both} Elemente stehen auf beiden Listen, „Immer behalten“ und „Nie behalten“.'
  ],
  [
    'Your target examples are also in the data ({#count} matches).',
    'Ihre Zielbeispiele sind auch in den Daten ({#count} Treffer).'
  ],
  [
    'Keep them out of the choice so the check stays fair?',
    'Sollen sie nicht zur Auswahl stehen, damit die Prüfung unvoreingenommen bleibt?'
  ],
  ['{#share} % of items share one label.', '{#share} % der Elemente haben dasselbe Label.'],
  [
    'A balanced choice will not look like your real data.',
    'Eine ausgeglichene Auswahl sieht nicht aus wie Ihre echten Daten.'
  ],
  [
    'This needs about {#memory} of memory; this computer has {#free} free.',
    'Das braucht etwa {#memory} Arbeitsspeicher; auf diesem Computer sind {#free} frei.'
  ],
  [
    'Free disk is {#free}, the run needs about {#disk} for fingerprints.',
    'Auf dem Datenträger sind {#free} frei, der Lauf braucht etwa {#disk} für Merkmale.'
  ],
  // What is missing for a goal or a method.
  ['{@method} cannot be used here.', '„{@method}“ kann hier nicht verwendet werden.'],
  // Goals, within a sentence.
  ['[t|T]rain a picture sorter', 'einen Bildsortierer trainieren'],
  ['[t|T]rain a text sorter', 'einen Textsortierer trainieren'],
  ['[t|T]rain a table sorter', 'einen Tabellensortierer trainieren'],
  ['[t|T]each a chat model', 'einem Chatmodell etwas beibringen'],
  [
    '[t|T]each a picture-and-text chat model',
    'einem Chatmodell mit Bildern und Texten etwas beibringen'
  ],
  ['[d|D]ecide what to label first', 'entscheiden, was zuerst ein Label bekommt'],
  ['[j|J]ust remove repeats', 'nur Wiederholtes entfernen'],
  // Messages for one thing.
  [
    'The size of {#items} item is not known; it counts as nothing.',
    'Die Größe von {#items} Element ist nicht bekannt; es zählt als nichts.'
  ],
  [
    'The size of {#items} items are not known; they count as nothing.',
    'Die Größe von {#items} Elementen ist nicht bekannt; sie zählen als nichts.'
  ],
  [
    'Not even the smallest item fits into {#tokens} tokens.',
    'Nicht einmal das kleinste Element passt in {#tokens} Tokens.'
  ],
  [
    'Must-keep items already fill the budget ({#must} of {#keep} tokens). Nothing is left to choose.',
    'Elemente, die immer behalten werden, füllen schon alles ({#must} von {#keep} Tokens). Zum Auswählen bleibt nichts.'
  ],
  [
    'Keeping {#items} item is too few for {#groups} groups.',
    '{#items} Element ist zu wenig für {#groups} Gruppen.'
  ],
  ['[Raise to|Use] {#share} % at most', 'Auf höchstens {#share} % ändern'],
  ['Use {#share} %', '{#share} % verwenden'],
  ['Use {#items} tokens', '{#items} Tokens verwenden'],
  [
    '{#both} item is on both lists, Must keep and Must drop.',
    '{#both} Element steht auf beiden Listen, „Immer behalten“ und „Nie behalten“.'
  ],
  [
    'Your target examples are also in the data ({#count} match).',
    'Ihre Zielbeispiele sind auch in den Daten ({#count} Treffer).'
  ],
  [
    '{#items} must-keep item is a test item and stays out, so that the test is fair.',
    '{#items} Element, das immer behalten wird, ist ein Testelement und bleibt draußen, damit die Prüfung unvoreingenommen ist.'
  ],
  [
    '{#items} must-keep items are test items and stay out, so that the test is fair.',
    '{#items} Elemente, die immer behalten werden, sind Testelemente und bleiben draußen, damit die Prüfung unvoreingenommen ist.'
  ],
  [
    '{#items} must-keep item is set aside or outside the scope and will not be kept.',
    '{#items} Element, das immer behalten wird, ist beiseitegelegt oder außerhalb des Umfangs und wird nicht behalten.'
  ],
  [
    '{#items} must-keep items are set aside or outside the scope and will not be kept.',
    '{#items} Elemente, die immer behalten werden, sind beiseitegelegt oder außerhalb des Umfangs und werden nicht behalten.'
  ],
  [
    '‘{name}’ has only {#has} item; a minimum of {#min} cannot be met.',
    '„{name}“ hat nur {#has} Element; mindestens {#min} sind nicht möglich.'
  ],
  [
    'The list names {#ids} id; {#unknown} [is|are] not in this dataset.',
    'Die Liste nennt {#ids} Kennung; {#unknown} nicht in diesem Datensatz.'
  ],
  [
    'The list names {#ids} ids; {#unknown} is not in this dataset.',
    'Die Liste nennt {#ids} Kennungen; {#unknown} ist nicht in diesem Datensatz.'
  ],
  [
    'The minimums add up to {#sum}, and about {#keep} [item fits|items fit] into {@size}.',
    'Die Mindestzahlen ergeben zusammen {#sum}, und in {@size} passen etwa {#keep} Elemente.'
  ],
  [
    'The minimums of sources add up to {#sum}, and about {#keep} [item fits|items fit] into {@size}.',
    'Die Mindestzahlen der Quellen ergeben zusammen {#sum}, und in {@size} passen etwa {#keep} Elemente.'
  ],
  [
    'The minimums of labels and of sources together need {#least} items but you asked to keep {#keep}.',
    'Die Mindestzahlen der Labels und der Quellen zusammen brauchen {#least} Elemente, aber Sie möchten {#keep} behalten.'
  ],
  [
    'The minimums of labels and of sources together need {#least} items, and about {#keep} [item fits|items fit] into {@size}.',
    'Die Mindestzahlen der Labels und der Quellen zusammen brauchen {#least} Elemente, und in {@size} passen etwa {#keep}.'
  ],
  // Shares of labels.
  ['The shares add up to {#sum} %.', 'Die Anteile ergeben zusammen {#sum} %.'],
  [
    'The shares add up to {#sum} %, with no other label left for the rest.',
    'Die Anteile ergeben zusammen {#sum} %, und für den Rest ist kein anderes Label da.'
  ],
  [
    '{#share} % of the kept items would be {#wanted} of ‘{label}’; you also asked for at least {#least} and at most {#most}.',
    '{#share} % der behaltenen Elemente wären {#wanted} von „{label}“; verlangt haben Sie auch mindestens {#least} und höchstens {#most}.'
  ],
  [
    '{#share} % of the kept items would be {#wanted} of ‘{label}’; you also asked for at least {#least}.',
    '{#share} % der behaltenen Elemente wären {#wanted} von „{label}“; verlangt haben Sie auch mindestens {#least}.'
  ],
  [
    '{#share} % of the kept items would be {#wanted} of ‘{label}’; you also asked for at most {#most}.',
    '{#share} % der behaltenen Elemente wären {#wanted} von „{label}“; verlangt haben Sie auch höchstens {#most}.'
  ],
  [
    '‘{label}’ has only {#has} [item|items]; {#share} % of the kept items would be {#wanted}.',
    '„{label}“ hat nur {#has}; {#share} % der behaltenen Elemente wären {#wanted}.'
  ],
  // Lists that are read.
  ['The data has the rows 0 to {#last}.', 'Die Daten haben die Zeilen 0 bis {#last}.'],
  ['Line {#line}', 'Zeile {#line}'],
  [
    'Line {#line} is longer than 16 MB, so the list was not read further.',
    'Zeile {#line} ist länger als 16 MB; weiter wurde die Liste nicht gelesen.'
  ],
  [
    'The first line, “{heading}”, was taken as a heading.',
    'Die erste Zeile „{heading}“ gilt als Überschrift.'
  ],
  ['{#entries} {@what}, all of “{data}”.', '{#entries} {@what}, alle aus „{data}“.'],
  [
    '{#entries} {@what}, all of “{data}”; {#twice} [comes|come] a second time and count once.',
    '{#entries} {@what}, alle aus „{data}“; mehrfach und nur einmal gezählt: {#twice}.'
  ],
  [
    '{#entries} {@what}: {#known} of “{data}”, {#unknown} not.',
    '{#entries} {@what}: {#known} aus „{data}“, {#unknown} nicht.'
  ],
  [
    '{#entries} {@what}: {#known} of “{data}”, {#unknown} not; {#twice} [comes|come] a second time and count once.',
    '{#entries} {@what}: {#known} aus „{data}“, {#unknown} nicht; mehrfach und nur einmal gezählt: {#twice}.'
  ],
  // Recipes on other data.
  [
    'This data has no {@what} “{name}”; {@then}.',
    'In diesen Daten fehlt: {@what} „{name}“; {@then}.'
  ],
  [
    'This data has no {@what} {names}; {@then}.',
    'In diesen Daten fehlen: {@what} {names}; {@then}.'
  ],
  [
    'This version has no method “{id}”, so it was left out.',
    'Diese Version hat kein Verfahren „{id}“; es wurde weggelassen.'
  ],
  [
    'Some settings of “{@method}” are not known to this version; its usual ones are used.',
    'Einige Einstellungen von „{@method}“ kennt diese Version nicht; die üblichen werden verwendet.'
  ],
  [
    '“{@goal}” is not possible here: {@why} The goal is now “{@now}”.',
    '„{@goal}“ ist hier nicht möglich: {@why} Das Ziel ist jetzt „{@now}“.'
  ],
  [
    'The examples of the task “{task}” are not in this project; the task was left out.',
    'Die Beispiele der Aufgabe „{task}“ sind nicht in diesem Projekt; die Aufgabe wurde weggelassen.'
  ],
  [
    'Nothing of the task “{task}” is in this data; it was left out.',
    'Von der Aufgabe „{task}“ ist nichts in diesen Daten; sie wurde weggelassen.'
  ],
  [
    '{#unknown} of the examples of “{task}” are not in this data; {#known} are.',
    'Beispiele von „{task}“, die nicht in diesen Daten sind: {#unknown}; vorhanden sind {#known}.'
  ],
  [
    '{#unknown} of the items to keep are not in this data; {#known} are.',
    'Elemente, die immer behalten werden sollen und nicht in diesen Daten sind: {#unknown}; vorhanden sind {#known}.'
  ],
  [
    '{#unknown} of the items to leave out are not in this data; {#known} are.',
    'Elemente, die nie behalten werden sollen und nicht in diesen Daten sind: {#unknown}; vorhanden sind {#known}.'
  ],
  [
    '{#unknown} of the items on the list “{title}” are not in this data; {#known} are.',
    'Elemente der Liste „{title}“, die nicht in diesen Daten sind: {#unknown}; vorhanden sind {#known}.'
  ],
  [
    'The run that “{title}” was changed from belongs to other data; its items are kept as a plain list.',
    'Der Lauf, aus dem „{title}“ geändert wurde, gehört zu anderen Daten; seine Elemente bleiben als gewöhnliche Liste.'
  ],
  [
    'The gradients {@which} are not joined to this data; the method makes its own.',
    'Die Lernrichtungen {@which} sind an diese Daten nicht angefügt; das Verfahren berechnet eigene.'
  ],
  ['“{name}”', '„{name}“'],
  ['the task “{task}” goes on without', 'die Aufgabe „{task}“ geht ohne weiter'],
  [
    'Make a tiny training set: {#items} [item|items] for each label, {@kind}, with {@method}.',
    'Mini-Trainingsset erstellen: {#items} je Label, {@kind}, mit „{@method}“.'
  ],
  [
    'Make a tiny training set: {#items} [item|items] for each group, {@kind}, with {@method}.',
    'Mini-Trainingsset erstellen: {#items} je Gruppe, {@kind}, mit „{@method}“.'
  ],
  // Changes of a result by hand.
  [
    '{#items} of the items cannot be added.',
    '{#items} der Elemente können nicht hinzugefügt werden.'
  ],
  ['Each of them: {@why}', 'Für jedes davon gilt: {@why}'],
  ['A list can hold {#items} items.', 'Eine Liste kann {#items} Elemente haben.'],
  [
    '{#unknown} of the items are not in the data, for example {key}.',
    '{#unknown} der Elemente sind nicht in den Daten, zum Beispiel {key}.'
  ],
  ['{name}, changed by hand', '{name}, von Hand geändert'],
  [
    'Not even the smallest item fits into {#size} bytes.',
    'Nicht einmal das kleinste Element passt in {#size} Bytes.'
  ]
]
