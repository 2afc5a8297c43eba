// German for sentences of the core about groups in pictures, about expanding a small set, and about joined
// numbers. Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Groups: phases, what was found, refusals.
  'Reading pictures': 'Bilder lesen',
  Learning: 'Lernen',
  'Making the built-in fingerprints': 'Eingebaute Merkmale berechnen',
  Measuring: 'Messen',
  'Describing every picture': 'Jedes Bild beschreiben',
  'what was learned': 'das Gelernte',
  'the main axes of the pixels': 'die Hauptrichtungen der Pixel',
  'the built-in fingerprints': 'die eingebauten Merkmale',
  'Learning failed: all pictures get nearly the same answer, so what was learned tells them apart no more.':
    'Das Lernen ist misslungen: Alle Bilder bekommen fast dieselbe Antwort; das Gelernte unterscheidet sie nicht mehr.',
  'Try more pictures, another repeat code, or learning from labels.':
    'Versuchen Sie es mit mehr Bildern, einem anderen Wiederholungscode oder mit Labels.',
  'Too few pictures have labels to say whether this is better than what the app uses already.':
    'Zu wenige Bilder haben Labels, um zu sagen, ob das besser ist als das, was die App schon verwendet.',
  'Groups can be looked at all the same.': 'Gruppen lassen sich trotzdem ansehen.',
  'Items can be compared by it when choosing.':
    'Beim Auswählen lassen sich Elemente damit vergleichen.',
  'So choosing goes on with what the app uses already; groups can be looked at all the same.':
    'Beim Auswählen bleibt es daher bei dem, was die App schon verwendet; Gruppen lassen sich trotzdem ansehen.',
  'There was one run with one repeat code: the range is over pictures and leaves out the luck of learning.':
    'Es gab einen Lauf mit einem Wiederholungscode: Der Bereich gilt über Bilder und lässt das Glück beim Lernen weg.',
  'What was learned here cannot be read any more.':
    'Was hier gelernt wurde, ist nicht mehr lesbar.',
  'Learn again with the same repeat code to get the same.':
    'Lernen Sie noch einmal mit demselben Wiederholungscode, um dasselbe zu bekommen.',
  'What the app uses already was measured to be better, so items are not compared by this.':
    'Was die App schon verwendet, war bei der Messung besser; damit werden Elemente daher nicht verglichen.',
  'The data has changed since this was learned.':
    'Die Daten haben sich geändert, seit das gelernt wurde.',
  'Learn again.': 'Lernen Sie noch einmal.',
  'These pictures are not in the project.': 'Diese Bilder sind nicht im Projekt.',
  'Learning went astray: its numbers grew without end.':
    'Das Lernen ist entgleist: Seine Zahlen wuchsen ohne Ende.',
  'Try another repeat code.': 'Versuchen Sie einen anderen Wiederholungscode.',
  'None of the pictures could be read.': 'Keines der Bilder war lesbar.',
  'Check that the original files are still where they were.':
    'Sehen Sie nach, ob die Originale noch dort sind, wo sie waren.',
  'This picture cannot be read.': 'Dieses Bild ist nicht lesbar.',
  'Only pictures can be looked at in groups.': 'In Gruppen ansehen lassen sich nur Bilder.',
  'There is no such layer.': 'Diese Schicht gibt es nicht.',
  'There is no such part.': 'Diesen Teil gibt es nicht.',

  // Expanding: phases, what was measured, refusals.
  'Reading the pictures': 'Bilder lesen',
  'Finding their places': 'Ihre Plätze suchen',
  'Making pictures': 'Bilder machen',
  'Looking at every picture': 'Jedes Bild ansehen',
  'Training with and without': 'Mit und ohne trainieren',
  'Learning what pictures look like': 'Lernen, wie Bilder aussehen',
  'Nothing was measured.': 'Es wurde nichts gemessen.',
  'flips and shifts': 'Spiegeln und Schieben',
  'blending pictures': 'Überblenden',
  'No made picture passed: this model and these settings do not suit the pictures.':
    'Kein gemachtes Bild hat bestanden: Dieses Modell und diese Einstellungen passen nicht zu den Bildern.',
  'Measuring with and without made pictures': 'Mit und ohne gemachte Bilder messen',
  'Only pictures can be learned from.': 'Gelernt werden kann nur aus Bildern.',
  'Only pictures can be expanded.': 'Nur Bilder lassen sich erweitern.',
  'No made picture is accepted, so there is nothing to train with.':
    'Kein gemachtes Bild ist angenommen; es gibt nichts, womit trainiert werden kann.',
  'No made picture is accepted, so there is nothing to add.':
    'Kein gemachtes Bild ist angenommen; es gibt nichts hinzuzufügen.',
  'Measuring needs pictures of two labels at least: it tells them apart.':
    'Zum Messen braucht es Bilder von mindestens zwei Labels: Gemessen wird, ob sie sich unterscheiden lassen.',
  'Add more, or choose fewer to expand.':
    'Fügen Sie mehr hinzu, oder wählen Sie weniger zum Erweitern.',
  'Other pictures have been accepted since it began.':
    'Seit dem Beginn wurden andere Bilder angenommen.',
  'Measure again.': 'Messen Sie noch einmal.',
  'No label has two pictures among those chosen, and new pictures lie between two of one label.':
    'Kein Label hat zwei der gewählten Bilder, und neue Bilder liegen zwischen zweien mit demselben Label.',
  'There is no such picture in this result.': 'Dieses Bild gibt es in diesem Ergebnis nicht.',
  'A file of this expansion is damaged.': 'Eine Datei dieser Erweiterung ist beschädigt.',
  'Make it again.': 'Erweitern Sie noch einmal.',
  'The model of pictures cannot be read.': 'Das Bildmodell ist nicht lesbar.',
  'Choose another model, or train it again.':
    'Wählen Sie ein anderes Modell, oder trainieren Sie es neu.',
  'Set it aside, or put the file back to where it was.':
    'Legen Sie es beiseite, oder legen Sie die Datei zurück, wo sie war.',
  'Choose another model of pictures, or train one on pictures like these.':
    'Wählen Sie ein anderes Bildmodell, oder trainieren Sie eines mit Bildern wie diesen.',
  'This model of pictures is not there any more.': 'Dieses Bildmodell gibt es nicht mehr.',
  'Choose another one.': 'Wählen Sie ein anderes.',

  // Joined numbers.
  'Checking all values': 'Alle Werte prüfen',
  Joining: 'Anfügen',
  'This matrix is not joined to the dataset any more.':
    'Diese Zahlen sind dem Datensatz nicht mehr angefügt.',
  'It has one number for each row; several are needed.':
    'Je Zeile ist es eine Zahl; mehrere sind nötig.',
  'This file holds no arrays.': 'Diese Datei enthält keine Zahlen, die sich anfügen lassen.',
  'This array cannot be joined.': 'Diese Zahlen lassen sich nicht anfügen.',
  'The matrix cannot be joined.': 'Die Zahlen lassen sich nicht anfügen.',
  'Save it as float32 or float16.': 'Speichern Sie sie als float32 oder float16.',
  'Every row of the matrix holds values that are no numbers.':
    'Jede Zeile enthält Werte, die keine Zahlen sind.',
  'The file was changed while it was read.': 'Die Datei wurde geändert, während sie gelesen wurde.',
  'The array is packed in its file, so its rows were copied into the project.':
    'Die Zahlen sind in ihrer Datei gepackt; ihre Zeilen wurden daher ins Projekt kopiert.',
  'Put the file back as it was, or remove the matrix and join it again.':
    'Legen Sie die Datei zurück, wie sie war, oder entfernen Sie die Zahlen, und fügen Sie sie neu an.',
  'Wait until it is written completely, then try again.':
    'Warten Sie, bis sie fertig geschrieben ist, und versuchen Sie es dann noch einmal.'
}

/** Sentences with names and figures in them; the first that fits is taken. */
export const forms: readonly (readonly [string, string])[] = [
  // Groups.
  [
    'There are {#pictures} pictures to learn from; at least {#least} are needed.',
    'Zum Lernen gibt es {#pictures} Bilder; mindestens {#least} sind nötig.'
  ],
  [
    'Answers vary: {#share} % of what is possible.',
    'Antworten unterscheiden sich: {#share} % des Möglichen.'
  ],
  ['the main axes of the pixels {#share} %', 'die Hauptrichtungen der Pixel {#share} %'],
  ['the built-in fingerprints {#share} %', 'die eingebauten Merkmale {#share} %'],
  [
    'Better than both: of {#pictures} pictures that were kept back, what was learned names {#share} % rightly, {*others}.',
    'Besser als beides: Von {#pictures} zurückgehaltenen Bildern benennt das Gelernte {#share} % richtig, {*others}.'
  ],
  [
    'Not better than {@other}: of {#pictures} pictures that were kept back, what was learned names {#share} % rightly, {*others}. That is {#points} points fewer ({#low} to {#high}).',
    'Nicht besser als {@other}: Von {#pictures} zurückgehaltenen Bildern benennt das Gelernte {#share} % richtig, {*others}. Das sind {#points} Punkte weniger ({#low} bis {#high}).'
  ],
  [
    'No sure difference: of {#pictures} pictures that were kept back, what was learned names {#share} % rightly, {*others}. Against {@other} it is {#points} points ({#low} to {#high}), which may be chance.',
    'Kein sicherer Unterschied: Von {#pictures} zurückgehaltenen Bildern benennt das Gelernte {#share} % richtig, {*others}. Der Abstand ({@other}) ist {#points} Punkte ({#low} bis {#high}) und kann Zufall sein.'
  ],
  [
    'Without learning again, {#few} % with 2 groups, {#own} % with {#groups} and {#many} % with 16; {#once} % with 1 round, {#often} % with 5.',
    'Ohne neu zu lernen: {#few} % mit 2 Gruppen, {#own} % mit {#groups} und {#many} % mit 16; {#once} % mit 1 Runde, {#often} % mit 5.'
  ],
  ['{#count} [picture|pictures] could not be read.', 'Nicht lesbar: {#count} Bilder.'],
  ['What belongs together ([not measured])', 'Was zusammengehört (nicht gemessen)'],
  [
    'What belongs together ({learned} right, built-in {builtIn})',
    'Was zusammengehört ({learned} richtig, eingebaut {builtIn})'
  ],

  ['Learning what belongs together in “{data}”', 'In „{data}“ lernen, was zusammengehört'],

  // Expanding.
  ['Expanding {#pictures} pictures of “{data}”', '{#pictures} Bilder von „{data}“ erweitern'],
  ['Learning pictures of “{data}”', 'Bilder von „{data}“ lernen'],
  [
    'It was ended early: {#made} of {#asked} pictures were made.',
    'Es wurde vorzeitig beendet: {#made} von {#asked} Bildern wurden gemacht.'
  ],
  [
    'Training with the made pictures improves by {#points} points ({#low} to {#high}).',
    'Mit den gemachten Bildern wird das Training um {#points} Punkte besser ({#low} bis {#high}).'
  ],
  [
    'Training with the made pictures is worse by {#points} points ({#low} to {#high}): leave them out.',
    'Mit den gemachten Bildern wird das Training um {#points} Punkte schlechter ({#low} bis {#high}): Lassen Sie sie weg.'
  ],
  [
    'No difference was found ({#points} points, {#low} to {#high}): nothing speaks for adding the made pictures.',
    'Es fand sich kein Unterschied ({#points} Punkte, {#low} bis {#high}): Nichts spricht dafür, die gemachten Bilder hinzuzufügen.'
  ],
  [
    'Plain {@other} did as well or better ({#points} points), at no cost.',
    'Bloßes {@other} war ebenso gut oder besser ({#points} Punkte) und kostet nichts.'
  ],
  [
    'There are not enough other pictures of “{label}” to measure on: {#least} are needed that were not used to make new ones.',
    'Es gibt nicht genug andere Bilder von „{label}“ zum Messen: {#least} sind nötig, aus denen keine neuen gemacht wurden.'
  ],
  [
    'One picture is chosen; at least {#least} are needed, as new pictures lie between two of them.',
    'Es ist ein Bild gewählt; mindestens {#least} sind nötig, denn neue Bilder liegen zwischen zweien.'
  ],
  [
    '{#pictures} pictures are chosen; at least {#least} are needed, as new pictures lie between two of them.',
    'Es sind {#pictures} Bilder gewählt; mindestens {#least} sind nötig, denn neue Bilder liegen zwischen zweien.'
  ],
  [
    'This model cannot show these pictures: brought there and back they are off by {#off}, and {#most} is the most that makes sense.',
    'Dieses Modell kann diese Bilder nicht zeigen: Hin und zurück gebracht weichen sie um {#off} ab, und {#most} ist das Höchste, was sinnvoll ist.'
  ],
  [
    'A model of pictures needs at least {#least} pictures; there are {#pictures}.',
    'Ein Bildmodell braucht mindestens {#least} Bilder; es sind {#pictures}.'
  ],
  ['Pictures of “{data}”', 'Bilder von „{data}“'],

  // Joined numbers.
  [
    '“{name}” holds gradients; items are compared by similarity fingerprints.',
    '„{name}“ enthält Lernrichtungen; verglichen werden Elemente nach Ähnlichkeitsmerkmalen.'
  ],
  [
    'It has {#rows} [row|rows], but the dataset has {#items} [item|items].',
    'Zeilen: {#rows}; Elemente im Datensatz: {#items}.'
  ],
  [
    'Its rows are too wide: up to {#most} numbers are read.',
    'Die Zeilen sind zu breit: Bis zu {#most} Zahlen werden gelesen.'
  ],
  ['It holds numbers of type {type}.', 'Es sind Zahlen der Art {type}.'],
  [
    'None of the {#arrays} arrays can be joined: a row for each of the {#items} items is needed.',
    'Keine der {#arrays} Zahlenlisten lässt sich anfügen: Für jedes der {#items} Elemente braucht es eine Zeile.'
  ],
  [
    '{#fitting} of {#arrays} arrays have one row for each of the {#items} items.',
    '{#fitting} von {#arrays} Zahlenlisten haben eine Zeile für jedes der {#items} Elemente.'
  ],
  [
    'The array has one row of {#numbers} numbers ({type}) for each of the {#items} items.',
    'Für jedes der {#items} Elemente gibt es eine Zeile mit {#numbers} Zahlen ({type}).'
  ],
  [
    '“{name}” has one row of {#numbers} numbers ({type}) for each of the {#items} items.',
    '„{name}“ hat für jedes der {#items} Elemente eine Zeile mit {#numbers} Zahlen ({type}).'
  ],
  [
    'This matrix is joined already, as “{name}”.',
    'Diese Zahlen sind schon angefügt, als „{name}“.'
  ],
  [
    '{#values} [value is|values are] infinite or no number, in {#rows} [row|rows].',
    'Unendlich oder keine Zahl: {#values} Werte, in Zeilen: {#rows}.'
  ],
  ['{#rows} [row holds|rows hold] nothing but zeros.', 'Zeilen mit nichts als Nullen: {#rows}.'],
  [
    'The file “{file}” of the matrix “{name}” is not where it was.',
    'Die Datei „{file}“ der Zahlen „{name}“ ist nicht mehr dort, wo sie war.'
  ],
  [
    'The file “{file}” of the matrix “{name}” has changed since it was joined.',
    'Die Datei „{file}“ der Zahlen „{name}“ hat sich geändert, seit sie angefügt wurden.'
  ],
  [
    'The file “{file}” of the matrix “{name}” does not hold what it held when it was joined.',
    'Die Datei „{file}“ der Zahlen „{name}“ enthält nicht mehr, was sie beim Anfügen enthielt.'
  ],
  ['“{name}” was changed while it was read.', '„{name}“ wurde geändert, während es gelesen wurde.']
]
