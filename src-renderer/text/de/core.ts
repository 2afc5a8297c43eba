// German for sentences that the core makes: names of methods, phases of runs, refusals, verdicts.
// Keys are the English sentences themselves; a test says which of them the core no longer makes.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Methods that choose items: names, and each in one line.
  'Like my examples (ICONS)': 'Wie meine Beispiele (ICONS)',
  'Keeps the items that most of your example tasks ask for.':
    'Behält die Elemente, die die meisten Ihrer Beispielaufgaben verlangen.',
  'Pulls the way of my examples (LESS)': 'Zieht in Richtung meiner Beispiele (LESS)',
  'Keeps the items that pull a helper model in the same direction as your examples.':
    'Behält die Elemente, die ein Hilfsmodell in dieselbe Richtung ziehen wie Ihre Beispiele.',
  'Neighbours of my examples (TAROT)': 'Nahe an meinen Beispielen (TAROT)',
  'Takes the nearest items of every example in turn, so that no example is forgotten.':
    'Nimmt reihum die Elemente, die jedem Beispiel am nächsten sind; kein Beispiel wird vergessen.',
  'Words like my examples (DSIR)': 'Wörter wie in meinen Beispielen (DSIR)',
  'Keeps texts whose words and word pairs are like those of your example texts.':
    'Behält Texte, deren Wörter und Wortpaare denen Ihrer Beispieltexte ähneln.',
  'Like my trusted items (quality filter, DFN idea)':
    'Wie meine geprüften Elemente (Qualitätsfilter nach DFN)',
  'Keeps the items a helper model cannot tell from the ones you trust.':
    'Behält die Elemente, die ein Hilfsmodell nicht von denen unterscheiden kann, denen Sie vertrauen.',
  'Learning steps that help my examples (TracIn)':
    'Lernschritte, die meinen Beispielen helfen (TracIn)',
  'Keeps the items whose learning steps would lower the error on your examples most.':
    'Behält die Elemente, deren Lernschritte den Fehler bei Ihren Beispielen am meisten senken würden.',
  'Forecast of what helps my examples (TRAK)': 'Vorhersage, was meinen Beispielen hilft (TRAK)',
  'Keeps the items that are forecast to make your examples come out right.':
    'Behält die Elemente, durch die Ihre Beispiele voraussichtlich richtig erkannt werden.',
  'What my examples would miss (influence functions)':
    'Was meinen Beispielen fehlen würde (Einflussfunktionen)',
  'Keeps the items whose absence would hurt your examples most.':
    'Behält die Elemente, deren Fehlen Ihren Beispielen am meisten schaden würde.',
  'Stands for all (facility location)': 'Steht für alle (Facility Location)',
  'Keeps items so that every item has a similar one among the kept.':
    'Behält Elemente so, dass jedes ein ähnliches unter den behaltenen hat.',
  'Several aims at once (weights)': 'Mehrere Ziele zugleich (Gewichte)',
  'Keeps items for variety, typical items, hard items and likeness to examples, as you weigh them.':
    'Behält vielfältige, typische, schwierige und Ihren Beispielen ähnliche Elemente, wie Sie es gewichten.',
  'Stands in for everything (GTP, reconstructed)': 'Steht für das Ganze (GTP, nachgebaut)',
  'Keeps items that together teach what all items, or your examples, would teach.':
    'Behält Elemente, die zusammen lehren, was alle Elemente oder Ihre Beispiele lehren würden.',
  'Same average (herding)': 'Gleicher Durchschnitt (Herding)',
  'Keeps items whose average is the average of all.':
    'Behält Elemente, deren Durchschnitt der Durchschnitt aller ist.',
  'Typical but different (graph cut)': 'Typisch, aber verschieden (Graph Cut)',
  'Keeps items that are like many others, and unlike what is already kept.':
    'Behält Elemente, die vielen anderen ähneln und den schon behaltenen nicht.',
  'Spread out (k-center)': 'Breit gestreut (k-Center)',
  'Keeps items as far apart from each other as possible.':
    'Behält Elemente, die möglichst weit auseinanderliegen.',
  'A share of every layer (Dataset Quantization)':
    'Ein Anteil jeder Schicht (Dataset Quantization)',
  'Parts the items into layers from typical to particular, and draws the same share from each.':
    'Teilt die Elemente in Schichten von typisch bis besonders und zieht aus jeder den gleichen Anteil.',
  'Thin out crowded areas (density pruning)': 'Dichte Bereiche ausdünnen (Density Pruning)',
  'Keeps less of what is crowded and more of what is varied.':
    'Behält weniger, wo es dicht ist, und mehr, wo es vielfältig ist.',
  'Leave out repeats (SemDeDup)': 'Wiederholtes weglassen (SemDeDup)',
  'Leaves out items that mean nearly the same as another one.':
    'Lässt Elemente weg, die fast dasselbe bedeuten wie ein anderes.',
  'Labels that fit (early learning, ELR)': 'Passende Labels (frühes Lernen, ELR)',
  'Leaves out items whose label disagrees with what helper models learn first.':
    'Lässt Elemente weg, deren Label dem widerspricht, was Hilfsmodelle zuerst lernen.',
  'Hard items, by error (EL2N)': 'Schwierige Elemente, nach Fehler (EL2N)',
  'Shows how far helper models are from the label of each item after a short training.':
    'Zeigt, wie weit Hilfsmodelle nach kurzem Training vom Label jedes Elements entfernt sind.',
  'Hard items, by pull (GraNd)': 'Schwierige Elemente, nach Zug (GraNd)',
  'Shows how strongly each item pulls on helper models after a short training.':
    'Zeigt, wie stark jedes Element nach kurzem Training an Hilfsmodellen zieht.',
  'Borderline items (margin)': 'Grenzfälle (Margin)',
  'Shows which items helper models can hardly tell apart from another label.':
    'Zeigt, welche Elemente Hilfsmodelle kaum von einem anderen Label unterscheiden können.',
  'Items that are forgotten (forgetting events)':
    'Elemente, die vergessen werden (Forgetting Events)',
  'Counts how often helper models get an item right and then wrong again.':
    'Zählt, wie oft Hilfsmodelle ein Element richtig und dann wieder falsch benennen.',
  'Same from every source (stratified)': 'Gleich viel aus jeder Quelle',
  'Takes equally many items from every source.': 'Nimmt aus jeder Quelle gleich viele Elemente.',
  'Sources by size': 'Quellen nach Größe',
  'Keeps the mix of sources as it is and draws by lot within each.':
    'Behält die Mischung der Quellen bei und zieht in jeder durch das Los.',
  'Best mix of sources by trial (RegMix)': 'Beste Mischung der Quellen durch Ausprobieren (RegMix)',
  'Tries many mixtures of the sources on helper models and picks shares with a low loss.':
    'Probiert viele Mischungen der Quellen an Hilfsmodellen aus und nimmt Anteile mit kleinem Fehler.',
  'What helps at the end (late-phase upsampling)': 'Was am Ende hilft (Late-Phase Upsampling)',
  'Gives helper models more of one source at the end and sees which source lowers the loss.':
    'Gibt Hilfsmodellen am Ende mehr von einer Quelle und sieht, welche den Fehler senkt.',
  'Sources that lower the loss now (Aioli)': 'Quellen, die jetzt den Fehler senken (Aioli)',
  'Feels out, while a helper model learns, which source lowers the loss, and takes more of it.':
    'Ertastet, während ein Hilfsmodell lernt, welche Quelle den Fehler senkt, und nimmt mehr davon.',
  'Sources that help each other (Skill-It)': 'Quellen, die einander helfen (Skill-It)',
  'Takes more from sources that are still hard and that help with others.':
    'Nimmt mehr aus Quellen, die noch schwierig sind und bei anderen helfen.',
  'A list of mine': 'Eine eigene Liste',
  'Keeps exactly the items on a list you give.':
    'Behält genau die Elemente auf einer Liste, die Sie angeben.',
  'Stratified random': 'Zufall, gleiche Labelmischung',
  'Draws by lot, and keeps the mix of labels as it is.':
    'Zieht durch das Los und behält die Mischung der Labels bei.',
  Random: 'Zufall',
  'Draws items by lot.': 'Zieht Elemente durch das Los.',
  'Fresh draw every pass (repeated random)': 'Neue Ziehung je Durchgang',
  'Draws another random part of the data for every pass of a training.':
    'Zieht für jeden Durchgang eines Trainings einen anderen zufälligen Teil der Daten.',
  'Training plan by loss (SeTa, InfoBatch)': 'Trainingsplan nach Fehler (SeTa, InfoBatch)',
  'Tests a plan that trains with fewer steps, and shows which items it goes to.':
    'Prüft einen Plan, der mit weniger Schritten trainiert, und zeigt, zu welchen Elementen sie gehen.',

  // Methods that make tiny sets.
  'Real items with richer labels': 'Echte Elemente mit reicheren Labels',
  'Keeps some of your own items and says for each how much it is like every label.':
    'Behält einige Ihrer Elemente und sagt zu jedem, wie sehr es jedem Label gleicht.',
  'Real items with plain labels': 'Echte Elemente mit einfachen Labels',
  'Keeps some of your own items of each label, by lot or by a simple rule.':
    'Behält einige Ihrer Elemente jedes Labels, durch das Los oder nach einer einfachen Regel.',
  'Best parts, tiled (RDED)': 'Beste Teile, gekachelt (RDED)',
  'Puts the most telling parts of many real pictures together, four in the room of one.':
    'Setzt die aussagekräftigsten Teile vieler echter Bilder zusammen, vier auf dem Platz von einem.',
  'Real items and shared changes (INFER)': 'Echte Elemente und gemeinsame Änderungen (INFER)',
  'Adds one made change to a real item of every label, so that few bytes give many items.':
    'Wendet eine erzeugte Änderung auf ein echtes Element jedes Labels an; so ergibt wenig Platz viele Elemente.',
  'Match averages (DM)': 'Durchschnitte angleichen (DM)',
  'Draws new items whose average looks like the average of your data to a thousand untrained networks.':
    'Zeichnet neue Elemente, deren Durchschnitt für tausend untrainierte Netze aussieht wie der Ihrer Daten.',
  'Match where networks look (DataDAM)': 'Angleichen, wohin Netze schauen (DataDAM)',
  'Makes new pictures that untrained networks look at in the same places as at your own.':
    'Erzeugt neue Bilder, die untrainierte Netze an denselben Stellen ansehen wie Ihre eigenen.',
  'Match learning steps (DC, DSA)': 'Lernschritte angleichen (DC, DSA)',
  'Makes new items that teach a network in the same direction as your data does.':
    'Erzeugt neue Elemente, die ein Netz in dieselbe Richtung lehren wie Ihre Daten.',
  'Right on the last layer (FRePo)': 'Richtig in der letzten Schicht (FRePo)',
  'Shapes items so that a last layer solved from them alone names your data rightly.':
    'Formt Elemente so, dass eine nur aus ihnen berechnete letzte Schicht Ihre Daten richtig benennt.',
  'Teach likeness without labels (KRR-ST)': 'Ähnlichkeit ohne Labels lehren (KRR-ST)',
  'Shapes items that teach a network what is like what, from data without labels.':
    'Formt aus Daten ohne Labels Elemente, die ein Netz lehren, was wem ähnelt.',
  'Real items with labels for nearest-neighbour models (LS)':
    'Echte Elemente mit Labels für Nachbarschaftsmodelle (LS)',
  'Keeps some of your items and works out the labels that make a kernel model right on all.':
    'Behält einige Ihrer Elemente und berechnet die Labels, mit denen ein Kernmodell bei allen richtigliegt.',
  'Sharpest for nearest-neighbour models (KIP)': 'Am schärfsten für Nachbarschaftsmodelle (KIP)',
  'Shapes a few items and their labels so that a kernel model built on them is right.':
    'Formt wenige Elemente und ihre Labels so, dass ein Kernmodell daraus richtigliegt.',
  'Shared pictures (addressable memories)': 'Gemeinsame Bilder (Addressable Memories)',
  'Mixes many items from a few shared pictures, so that far more fit into the same space.':
    'Mischt viele Elemente aus wenigen gemeinsamen Bildern; so passen weit mehr auf denselben Platz.',
  'Follow a training (MTT)': 'Einem Training folgen (MTT)',
  'Makes new items that take a network along the way it goes when it learns from your data.':
    'Erzeugt neue Elemente, die ein Netz den Weg führen, den es beim Lernen aus Ihren Daten geht.',
  'Store how items vary (D3)': 'Speichern, wie Elemente sich unterscheiden (D3)',
  'Keeps a small drawing program and a few clouds of numbers instead of items, and draws fresh items for every pass.':
    'Behält statt Elementen ein kleines Zeichenprogramm und einige Zahlenwolken und zeichnet für jeden Durchgang neue.',
  'Draw from a helper model (SRe2L)': 'Aus einem Hilfsmodell zeichnen (SRe2L)',
  'Changes pictures until a helper model trained on your data names them surely and sees nothing unusual in them.':
    'Ändert Bilder, bis ein mit Ihren Daten trainiertes Hilfsmodell sie sicher benennt und nichts Ungewöhnliches darin sieht.',
  'Real pairs': 'Echte Paare',
  'Keeps some of your own pairs of a picture and a text, by lot or by a simple rule.':
    'Behält einige Ihrer Paare aus Bild und Text, durch das Los oder nach einer einfachen Regel.',
  'Learned pairs': 'Gelernte Paare',
  'Makes new pairs that teach a student to find the text of a picture, and the other way round.':
    'Erzeugt neue Paare, die lehren, zu einem Bild den Text zu finden und umgekehrt.',

  // Why a method is recommended.
  'You gave a list: it is kept as it is.':
    'Sie haben eine Liste angegeben: Sie wird behalten, wie sie ist.',
  'Only repeats are taken out; everything else is kept.':
    'Nur Wiederholtes kommt heraus; alles andere wird behalten.',
  'More than 30 % is kept; a random choice with the same class mix is hard to beat there.':
    'Mehr als 30 % werden behalten; da ist eine Zufallsauswahl mit gleicher Labelmischung schwer zu übertreffen.',
  'With this many items to keep, typical ones of every label do best, or as well as any, also where some labels are wrong.':
    'Bei so vielen Elementen sind typische jedes Labels am besten, oder so gut wie andere, auch wenn einige Labels falsch sind.',
  'With few items to keep they must complete each other: together they teach a model what all of them would, also where some labels are wrong.':
    'Wenige Elemente müssen einander ergänzen: Zusammen lehren sie ein Modell, was alle lehren würden, auch wenn einige Labels falsch sind.',
  'You gave gradients and several example tasks: items that many tasks vote for come first.':
    'Sie haben Lernrichtungen und mehrere Zielaufgaben angegeben: Elemente, für die viele Aufgaben stimmen, kommen zuerst.',
  'You gave gradients and one example task: items that pull the same way come first.':
    'Sie haben Lernrichtungen und eine Zielaufgabe angegeben: Elemente, die in dieselbe Richtung ziehen, kommen zuerst.',
  'There are no labels; texts that use words as your examples do come first.':
    'Es gibt keine Labels; Texte mit Wörtern wie in Ihren Beispielen kommen zuerst.',
  'There are no labels; items that lie closest around your examples come first.':
    'Es gibt keine Labels; Elemente, die Ihren Beispielen am nächsten sind, kommen zuerst.',
  'There are no labels to go by; items that together stand for all the others leave the fewest gaps.':
    'Es gibt keine Labels; Elemente, die zusammen für alle anderen stehen, lassen die wenigsten Lücken.',
  'You gave one example task: items that together teach what its examples teach come first.':
    'Sie haben eine Zielaufgabe angegeben: Elemente, die zusammen lehren, was ihre Beispiele lehren, kommen zuerst.',
  'Your example tasks have no class in common, so there is nothing to vote on; items that together teach what the examples teach are the better choice.':
    'Ihre Zielaufgaben haben kein Label gemeinsam, also gibt es nichts abzustimmen; besser sind Elemente, die zusammen lehren, was die Beispiele lehren.',
  'So few items are kept that they must complete each other: together they teach what your examples teach.':
    'So wenige Elemente müssen einander ergänzen: Zusammen lehren sie, was Ihre Beispiele lehren.',
  'Your example tasks share classes, so items that several tasks ask for are the best use of the budget.':
    'Ihre Zielaufgaben haben Labels gemeinsam; am besten sind Elemente, die mehrere Aufgaben verlangen.',

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

  // Findings of the health check, and what can be done about them.
  'Exact duplicates': 'Genaue Duplikate',
  'Near-duplicates': 'Fast-Duplikate',
  'Likely wrong labels': 'Wohl falsche Labels',
  'Odd ones out': 'Ausreißer',
  'Unreadable pictures': 'Nicht lesbare Bilder',
  'Tiny pictures': 'Winzige Bilder',
  'Too dark to see': 'Zu dunkel',
  'Too bright or blank': 'Zu hell oder leer',
  'Blurry pictures': 'Unscharfe Bilder',
  'Odd sizes and shapes': 'Ungewöhnliche Größen und Formen',
  'Empty or very short texts': 'Leere oder sehr kurze Texte',
  'Very long texts': 'Sehr lange Texte',
  Repetitions: 'Wiederholungen in Texten',
  'Other languages': 'Andere Sprachen',
  'Keys and passwords': 'Schlüssel und Kennwörter',
  'Personal data': 'Persönliche Daten',
  'Missing labels': 'Fehlende Labels',
  'Rare labels': 'Seltene Labels',
  'Balance of labels': 'Verteilung der Labels',
  'The same items in training and test': 'Dieselben Elemente in Training und Test',
  'Groups in training and test': 'Gruppen in Training und Test',
  'Copies with different labels': 'Kopien mit verschiedenen Labels',
  'No label stands out as likely wrong.': 'Kein Label fällt als wohl falsch auf.',
  'All pictures can be read.': 'Alle Bilder sind lesbar.',
  'No picture is too small to show anything.': 'Kein Bild ist zu klein, um etwas zu zeigen.',
  'No picture is too dark to see.': 'Kein Bild ist zu dunkel.',
  'No picture is washed out or blank.': 'Kein Bild ist ausgewaschen oder leer.',
  'No picture is much blurrier than the others.': 'Kein Bild ist viel unschärfer als die anderen.',
  'All pictures have much the same shape and size.':
    'Alle Bilder haben etwa gleiche Form und Größe.',
  'No text is empty or very short.': 'Kein Text ist leer oder sehr kurz.',
  'No text is far longer than the others.': 'Kein Text ist viel länger als die anderen.',
  'No text repeats itself, and no line is stuck to many texts.':
    'Kein Text wiederholt sich, und keine Zeile steht an vielen Texten.',
  'No keys, access tokens or passwords were recognised.':
    'Es wurden keine Schlüssel, Zugangscodes oder Kennwörter erkannt.',
  'No e-mail addresses, phone numbers or account numbers were recognised.':
    'Es wurden keine E-Mail-Adressen, Telefonnummern oder Kontonummern erkannt.',
  'Every item has a label.': 'Jedes Element hat ein Label.',
  'Every label has enough items to learn from.': 'Jedes Label hat genug Elemente zum Lernen.',
  'No test item has a copy among the training items.':
    'Kein Testelement hat eine Kopie unter den Trainingselementen.',
  'Copies of an item have the same label.': 'Kopien eines Elements haben dasselbe Label.',
  'The texts are too short to tell their language.':
    'Die Texte sind zu kurz, um ihre Sprache zu erkennen.',
  'Some are mistakes, some are rare and valuable.':
    'Einige sind Fehler, einige sind selten und wertvoll.',
  'A model can learn them by heart and tell them.':
    'Ein Modell kann sie auswendig lernen und verraten.',
  'Not every one is wrong: look through them.': 'Nicht jedes ist falsch: Sehen Sie sie durch.',
  'Many pictures here look alike, so only the closest copies are counted.':
    'Viele Bilder hier sehen sich ähnlich, daher zählen nur die genauesten Kopien.',
  'Shows them, the most striking first. Nothing is changed.':
    'Zeigt sie, die auffälligsten zuerst. Es wird nichts geändert.',
  'Replaces the given labels; the step list keeps them and can bring them back.':
    'Ersetzt die vorhandenen Labels; die Liste der Änderungen behält sie und kann sie zurückbringen.',
  'Keep the first of each group': 'Das erste jeder Gruppe behalten',
  'The test items stay; their copies in training are not used any more.':
    'Die Testelemente bleiben; ihre Kopien im Training werden nicht mehr verwendet.',
  'They are not used any more, and can be brought back at any time.':
    'Sie werden nicht mehr verwendet und können jederzeit zurückgeholt werden.',
  'This data has no labels.': 'Diese Daten haben keine Labels.',
  'All items have the same label.': 'Alle Elemente haben dasselbe Label.',
  'There are too few items to compare.': 'Es sind zu wenige Elemente zum Vergleichen.',
  Labels: 'Labels',
  'Picture problems': 'Probleme mit Bildern',
  picture: 'Bild',
  text: 'Text',
  texts: 'Texte',
  row: 'Zeile',

  // Phases of runs, and what is counted in them.
  'Learning what the items look like': 'Lernen, wie die Elemente aussehen',
  'Making similarity fingerprints': 'Ähnlichkeitsmerkmale berechnen',
  'Removing repeats': 'Wiederholtes entfernen',
  Choosing: 'Auswählen',
  'Finding the smallest set': 'Kleinste Auswahl suchen',
  'Testing the result': 'Ergebnis prüfen',
  'Writing the result': 'Ergebnis schreiben',
  'Copying the originals': 'Originale kopieren',
  'Looking through the data': 'Daten ansehen',
  Reading: 'Lesen',
  Finishing: 'Abschließen',
  'Making it searchable': 'Durchsuchbar machen',
  'Looking at every item': 'Jedes Element ansehen',
  'Comparing items': 'Elemente vergleichen',
  'Checking labels': 'Labels prüfen',
  'Writing the findings': 'Befunde schreiben',
  'Finding what is alike': 'Ähnliches suchen',
  'Drawing the first map': 'Erste Karte zeichnen',
  'Refining the map': 'Karte verfeinern',
  'Reading the items': 'Elemente lesen',
  'Training the helper model': 'Hilfsmodell trainieren',
  'Asking your helper model': 'Ihr Hilfsmodell befragen',
  'Making the set': 'Set erstellen',
  'Testing the set': 'Set prüfen',
  'Copying items': 'Elemente kopieren',
  'Writing the report': 'Bericht schreiben',
  'Finding steps and likely trouble': 'Schritte und mögliche Fehler suchen',
  'Writing attempts': 'Versuche schreiben',
  items: 'Elemente',
  steps: 'Schritte',
  passes: 'Durchgänge',
  models: 'Modelle',
  pictures: 'Bilder',
  labels: 'Labels',
  repeats: 'Wiederholungen',
  'helper models': 'Hilfsmodelle',
  rows: 'Zeilen',
  parts: 'Teile',
  files: 'Dateien',

  // Refusals.
  'The request was not understood.': 'Die Anfrage wurde nicht verstanden.',
  'This window and the app are different versions. Reload the window.':
    'Dieses Fenster und die App haben verschiedene Versionen. Laden Sie das Fenster neu.',
  'The app does not know this request.': 'Die App kennt diese Anfrage nicht.',
  'Something went wrong inside the app. Nothing was lost.':
    'In der App ist etwas schiefgegangen. Es ging nichts verloren.',
  'Stopped.': 'Angehalten.',
  'Access to this file has ended. Choose it again.':
    'Der Zugriff auf diese Datei ist abgelaufen. Wählen Sie sie noch einmal.',
  'This needs a different kind of file or folder.':
    'Dafür braucht es eine andere Art von Datei oder Ordner.',
  'No project is open. Open or create one first.':
    'Es ist kein Projekt geöffnet. Öffnen Sie eines, oder legen Sie eines an.',
  'A project with this name is already there.': 'Ein Projekt mit diesem Namen gibt es schon.',
  'The project folder is not there any more.': 'Den Projektordner gibt es nicht mehr.',
  'This folder is not a Winnow project.': 'Dieser Ordner ist kein Winnow-Projekt.',
  'This project was made by a newer version of the app. It is open for reading only.':
    'Dieses Projekt wurde mit einer neueren Version der App erstellt. Es ist nur zum Lesen geöffnet.',
  'The project file is damaged. Restore it from a backup.':
    'Die Projektdatei ist beschädigt. Stellen Sie sie aus einer Sicherung wieder her.',
  'This project is open in another window.':
    'Dieses Projekt ist in einem anderen Fenster geöffnet.',
  'This project is open for reading only, so nothing can be changed.':
    'Dieses Projekt ist nur zum Lesen geöffnet, daher kann nichts geändert werden.',
  'This dataset is not in the project.': 'Dieser Datensatz ist nicht im Projekt.',
  'A dataset with this name is already in the project. Choose another name.':
    'Ein Datensatz mit diesem Namen ist schon im Projekt. Wählen Sie einen anderen Namen.',
  'This item is not in the dataset.': 'Dieses Element ist nicht im Datensatz.',
  'The file could not be opened.': 'Die Datei konnte nicht geöffnet werden.',
  'The app does not recognise this kind of data.': 'Die App erkennt diese Art von Daten nicht.',
  'The file is damaged or cut off.': 'Die Datei ist beschädigt oder abgeschnitten.',
  'The archive holds an entry that is not safe to read, so nothing was imported.':
    'Das Archiv enthält etwas, das nicht sicher gelesen werden kann; es wurde nichts importiert.',
  'This is larger than the app can read safely.': 'Das ist größer, als die App sicher lesen kann.',
  'There is nothing here to import.': 'Hier gibt es nichts zu importieren.',
  'A column with this name is not in the data.':
    'Eine Spalte mit diesem Namen ist nicht in den Daten.',
  'The app has no method with this name.': 'Die App hat kein Verfahren mit diesem Namen.',
  'This method cannot be used with this data.':
    'Dieses Verfahren kann mit diesen Daten nicht verwendet werden.',
  'This many items cannot be kept.': 'So viele Elemente können nicht behalten werden.',
  'This run is not in the project.': 'Dieser Lauf ist nicht im Projekt.',
  'This run has no result yet.': 'Dieser Lauf hat noch kein Ergebnis.',
  'This run cannot be continued.': 'Dieser Lauf kann nicht fortgesetzt werden.',
  'A folder with this name is already there.': 'Einen Ordner mit diesem Namen gibt es schon.',
  'The folder cannot be written to. Choose another folder.':
    'In diesen Ordner kann nicht geschrieben werden. Wählen Sie einen anderen.',
  'There is not enough free space on the disk.': 'Auf dem Datenträger ist nicht genug Platz frei.',
  'This folder is not an exported set: it has no manifest.json.':
    'Dieser Ordner ist keine exportierte Auswahl: Die Datei manifest.json fehlt.',
  'The chosen computing device is not available on this computer.':
    'Das gewählte Gerät ist auf diesem Computer nicht verfügbar.',
  'The computing device stopped working during the calculation.':
    'Das Gerät hat während der Berechnung aufgehört zu arbeiten.',
  'This has to wait until nothing else is running.': 'Das muss warten, bis nichts anderes läuft.',
  'The calculation stopped unexpectedly. The rest of the app is fine.':
    'Die Berechnung wurde unerwartet beendet. Der Rest der App ist in Ordnung.',
  'The calculation ran out of memory. Try a smaller set.':
    'Der Arbeitsspeicher reichte für die Berechnung nicht. Versuchen Sie es mit weniger.',

  // Verdicts.
  'Rough estimate.': 'Grobe Schätzung.',
  'Do not use this set.': 'Verwenden Sie diese Auswahl nicht.',
  'Try another method or more items.': 'Versuchen Sie ein anderes Verfahren oder mehr Elemente.',
  'Test again with at least 3 repeats.': 'Prüfen Sie noch einmal mit mindestens 3 Wiederholungen.',
  'Use 3 or more.': 'Nehmen Sie 3 oder mehr.',
  'Use 200 or more.': 'Nehmen Sie 200 oder mehr.',
  'Not every check model sees the gain. It may not carry over to another kind of model.':
    'Nicht jedes Prüfmodell sieht den Gewinn. Er gilt vielleicht nicht für andere Arten von Modellen.',
  'Not every check model sees the loss. It may not carry over to another kind of model.':
    'Nicht jedes Prüfmodell sieht den Verlust. Er gilt vielleicht nicht für andere Arten von Modellen.',
  'Measured just now on this computer with this data’s fingerprints.':
    'Gerade auf diesem Computer gemessen, mit den Merkmalen dieser Daten.'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = [
  [
    '{#items} {@what} in {#groups} [group are|groups are] exact copies of each other: they count several times in training.',
    'Genaue Kopien voneinander: {#items} {@what}, Gruppen: {#groups}. Sie zählen im Training mehrfach.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] nearly the same: saved again, shifted, cropped or brightened.',
    'Fast gleich: {#items} {@what}, Gruppen: {#groups}. Neu gespeichert, verschoben, beschnitten oder aufgehellt.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] nearly the same: they share most of their words in the same order.',
    'Fast gleich: {#items} {@what}, Gruppen: {#groups}. Die meisten Wörter stehen in derselben Reihenfolge.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] nearly the same: all their measurements agree up to rounding.',
    'Fast gleich: {#items} {@what}, Gruppen: {#groups}. Alle Messwerte stimmen bis auf Rundung überein.'
  ],
  [
    '{#items} {@what} ({#share} %) [looks|look] like another label than the given one, judged by models that had not seen [it|them] and by the most alike items.',
    'Eher ein anderes Label als das vorhandene: {#items} {@what} ({#share} %), nach Modellen, die sie nicht kannten, und nach den ähnlichsten Elementen.'
  ],
  [
    'But the models give only {#share} % of all labels themselves, so many of these are hard rather than wrong.',
    'Aber die Modelle treffen selbst nur {#share} % aller Labels; viele davon sind eher schwierig als falsch.'
  ],
  [
    '{#items} {@what} [is|are] unlike anything else here.',
    'Keinem anderen hier ähnlich: {#items} {@what}.'
  ],
  [
    '{#items} {@what} could not be opened and [counts|count] as unlike anything in every comparison.',
    'Nicht zu öffnen: {#items} {@what}. Im Vergleich gelten sie als unähnlich zu allem.'
  ],
  [
    '{#items} {@what} [is|are] so small that little can be seen.',
    'So klein, dass kaum etwas zu sehen ist: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] nearly black or blank, with hardly anything to see.',
    'Fast schwarz oder leer, kaum etwas zu sehen: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] nearly white or blank, with hardly anything to see.',
    'Fast weiß oder leer, kaum etwas zu sehen: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] much blurrier than the others.',
    'Viel unschärfer als die anderen: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [has|have] a very different size or shape; squeezed to one size, [it is|they are] distorted.',
    'Ganz andere Größe oder Form: {#items} {@what}. Auf eine Größe gebracht sind sie verzerrt.'
  ],
  [
    '{#items} {@what} [holds|hold] no or hardly any words.',
    'Keine oder kaum Wörter: {#items} {@what}.'
  ],
  [
    '{#items} {@what} [is|are] far longer than the others (half of the texts have under {#median} words); comparisons see only the first {#seen} words or so.',
    'Viel länger als die anderen: {#items} {@what} (die Hälfte der Texte hat unter {#median} Wörter); Vergleiche sehen nur etwa die ersten {#seen} Wörter.'
  ],
  [
    '{#items} {@what} [repeats|repeat] lines or phrases, or [begins or ends|begin or end] with a line that many texts have.',
    'Wiederholte Zeilen oder Wendungen, oder am Anfang oder Ende eine Zeile vieler Texte: {#items} {@what}.'
  ],
  [
    '{#items} {@what} ({#share} %) [has|have] no label.',
    'Ohne Label: {#items} {@what} ({#share} %).'
  ],
  [
    '{#items} {@what} [has|have] one of {#labels} rare [label|labels]: too few to learn from.',
    'Mit seltenem Label, zu wenige zum Lernen: {#items} {@what}, Labels: {#labels}.'
  ],
  [
    '{#items} {@what} in {#groups} [group are|groups are] copies of each other on both sides of the split: the test result would be too good.',
    'Kopien voneinander in Training und Test: {#items} {@what}, Gruppen: {#groups}. Das Testergebnis wäre zu gut.'
  ],
  [
    '{#items} {@what} in {#groups} [group|groups] of copies have different labels: at least one label of each group is wrong.',
    'Kopien mit verschiedenen Labels: {#items} {@what}, Gruppen: {#groups}. In jeder Gruppe ist mindestens ein Label falsch.'
  ],
  [
    'All {#labels} labels have {#items} items each.',
    'Alle {#labels} Labels haben je {#items} Elemente.'
  ],
  [
    'Of {#labels} labels, “{most}” is the most frequent with {#largest} items and “{least}” the rarest with {#smallest}.',
    'Von {#labels} Labels ist „{most}“ mit {#largest} Elementen das häufigste und „{least}“ mit {#smallest} das seltenste.'
  ],
  ['No {@what} occurs twice.', 'Nichts kommt zweimal vor ({@what}).'],
  ['No two {@what} are nearly the same.', 'Keine zwei sind fast gleich ({@what}).'],
  ['No {@what} is far from all others.', 'Nichts ist weit von allen anderen ({@what}).'],
  ['Look through {#items} {@what}', '{#items} {@what} durchsehen'],
  ['Tag {#items} {@what}', '{#items} {@what} verschlagworten'],
  [
    'Give {#items} {@what} the suggested label',
    'Vorgeschlagenes Label verwenden: {#items} {@what}'
  ],
  ['Set {#items} {@what} aside', '{#items} {@what} beiseitelegen'],
  ['Move {#items} {@what} to training', '{#items} {@what} ins Training verschieben'],
  [
    'Keeps the best of each of {#groups} groups: labelled before unlabelled, then the largest.',
    'Behält das beste jeder Gruppe ({#groups}): mit Label vor ohne Label, dann das größte.'
  ],
  ['Keeps one of each of {#groups} groups.', 'Behält je eines von {#groups} Gruppen.'],
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
  ['Reading “{name}”', '„{name}“ wird gelesen'],
  ['Adding to “{name}”', 'Hinzufügen zu „{name}“'],
  ['Fingerprints of “{name}”', 'Merkmale von „{name}“'],
  ['Checking “{name}”', '„{name}“ wird geprüft'],
  ['Joining “{name}”', '„{name}“ wird angefügt'],
  ['Exporting “{name}”', '„{name}“ wird exportiert'],
  ['Finding the way in “{name}”', 'Wegsuche in „{name}“'],
  [
    'The data health check found about {#percent} % likely wrong labels: this leaves such items out first, and that matters most where many are kept.',
    'Die Prüfung des Datenzustands fand etwa {#percent} % wohl falsche Labels: Solche Elemente werden zuerst weggelassen, und das zählt am meisten, wo viele behalten werden.'
  ],
  [
    'Measured just now on this computer with {#items} of your items.',
    'Gerade auf diesem Computer gemessen, mit {#items} Ihrer Elemente.'
  ],
  [
    'Choosing helped: {#mean} points ({#low} to {#high}).',
    'Das Auswählen hat geholfen: {#mean} Punkte ({#low} bis {#high}).'
  ],
  ['Random did better here ({#mean}).', 'Zufall war hier besser ({#mean}).'],
  [
    'No clear difference from random ({#mean}, {#low} to {#high}).',
    'Kein klarer Unterschied zum Zufall ({#mean}, {#low} bis {#high}).'
  ],
  [
    'One repeat cannot tell choosing from chance ({#mean}).',
    'Eine Wiederholung kann Auswählen und Zufall nicht unterscheiden ({#mean}).'
  ],
  ['All data: {#all} %.', 'Alle Daten: {#all} %.'],
  [
    'You keep {#kept} % of that with {#share} % of the items.',
    'Davon bleiben {#kept} % mit {#share} % der Elemente.'
  ],
  ['Rough estimate: only {#count} repeats.', 'Grobe Schätzung: nur {#count} Wiederholungen.'],
  ['Rough estimate: only {#count} repeat.', 'Grobe Schätzung: nur {#count} Wiederholung.'],
  ['Rough estimate: only {#count} test items.', 'Grobe Schätzung: nur {#count} Testelemente.'],
  [
    'A random choice with the same share of every class did about as well ({#mean}, {#low} to {#high}), so the gain may come from the class mix alone.',
    'Eine Zufallsauswahl mit gleichem Anteil jedes Labels war etwa so gut ({#mean}, {#low} bis {#high}); der Gewinn kommt vielleicht allein von der Labelmischung.'
  ]
]
