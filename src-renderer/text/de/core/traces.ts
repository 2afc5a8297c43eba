// German for sentences of the core about traces: findings, suggestions, reviews and their reports,
// readers and their refusals, pages that are played, finding the way. Keys are the English sentences
// themselves; see ../core.ts.

/** Tags that the app offers. What is stored stays as it is; a reviewer's own tags stay, too. */
export const tags: Readonly<Record<string, string>> = {
  'Wrong tool or target': 'Falsches Werkzeug oder Ziel',
  'Wrong value': 'Falscher Wert',
  'Missing step': 'Fehlender Schritt',
  'Extra step': 'Überflüssiger Schritt',
  'Ignored an instruction': 'Anweisung nicht beachtet',
  'Misread a result': 'Ergebnis falsch gelesen',
  'Made something up': 'Etwas erfunden',
  'Loop or no progress': 'Schleife oder kein Fortschritt',
  'Gave up early': 'Zu früh aufgegeben',
  'Environment or checker is wrong': 'Umgebung oder Prüfung ist falsch',
  'User is wrong': 'Die Person irrt sich'
}

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  ...tags,

  // Detectors.
  'Ended by a limit': 'Durch eine Grenze beendet',
  'Nothing in the last turn': 'Nichts im letzten Beitrag',
  'Never declared done': 'Nie für fertig erklärt',
  'Unusually long': 'Ungewöhnlich lang',
  'Error reported': 'Fehlermeldung',
  'Error ignored': 'Fehlermeldung nicht beachtet',
  'Change right after an error': 'Änderung gleich nach einer Fehlermeldung',
  'Error made good': 'Fehler behoben',
  'Value from nowhere': 'Wert aus dem Nichts',
  'Same action again': 'Dieselbe Handlung noch einmal',
  'Same action in the same place': 'Dieselbe Handlung am selben Ort',
  'Going round in circles': 'Im Kreis',
  'Nothing happened': 'Es geschah nichts',
  'Back where it was': 'Wieder am selben Ort',
  'No progress': 'Kein Fortschritt',
  'No successful run did this here': 'Kein gelungener Versuch tat das hier',
  'Change that no successful run made': 'Änderung, die kein gelungener Versuch machte',
  'Other values than a successful run': 'Andere Werte als ein gelungener Versuch',
  'Change that all successful runs made is missing':
    'Es fehlt eine Änderung, die alle gelungenen Versuche machten',

  // Findings.
  'Nothing on the screen changed after this action.':
    'Nach dieser Handlung änderte sich auf dem Bildschirm nichts.',
  'The last turn neither says nor does anything.': 'Der letzte Beitrag sagt nichts und tut nichts.',
  'Successful runs of this task say that they are done; this one never does.':
    'Gelungene Versuche dieser Aufgabe sagen, dass sie fertig sind; dieser sagt es nie.',

  // Suggestions of the first mistake.
  'Up to here a successful run of this task went the same way; nobody succeeded after this step.':
    'Bis hierher ging ein gelungener Versuch dieser Aufgabe denselben Weg; nach diesem Schritt gelang es niemandem.',
  'No successful run of this task exists; this is the step before the first error.':
    'Es gibt keinen gelungenen Versuch dieser Aufgabe; dies ist der Schritt vor der ersten Fehlermeldung.',
  'The last step: nobody marked a first mistake here yet.':
    'Der letzte Schritt: Hier hat noch niemand einen ersten Fehler vermerkt.',
  'The agent did nothing in this attempt.': 'Der Agent hat in diesem Versuch nichts getan.',
  'Its log says that it succeeded, so no first mistake is looked for.':
    'Das Protokoll sagt, dass er gelang; daher wird kein erster Fehler gesucht.',
  'Nothing tells: no attempt at this task succeeded, no tool reported an error, and nobody marked a first mistake yet.':
    'Nichts weist darauf hin: Kein Versuch an dieser Aufgabe gelang, kein Werkzeug meldete einen Fehler, und niemand hat bisher einen ersten Fehler vermerkt.',
  'the only successful run of this task': 'der einzige gelungene Versuch dieser Aufgabe',
  Suggestions: 'Vorschläge',
  'The step before the first error': 'Der Schritt vor der ersten Fehlermeldung',
  'Where others usually mark': 'Wo andere meist vermerken',
  'The last step': 'Der letzte Schritt',
  'The usual place': 'Die übliche Stelle',
  'A step drawn by lot': 'Ein durch das Los gezogener Schritt',
  'What successful attempts changed': 'Was gelungene Versuche änderten',
  'Where the ways part': 'Wo sich die Wege trennen',
  'The most similar success': 'Der ähnlichste gelungene Versuch',
  'Before the first error': 'Vor der ersten Fehlermeldung',
  'Before this step an expert still reaches the goal; after it, no more.':
    'Vor diesem Schritt ist das Ziel noch zu erreichen, danach nicht mehr.',
  'The expert acts otherwise here.': 'Wer es kann, handelt hier anders.',

  // What a model on this computer said.
  'The model said nothing.': 'Das Modell hat nichts gesagt.',
  'The answer is not in the form that was asked for.': 'Die Antwort hat nicht die verlangte Form.',
  'The answer does not name a step in the form asked for.':
    'Die Antwort nennt keinen Schritt in der verlangten Form.',
  'It does not say what should have been done.': 'Es sagt nicht, was hätte getan werden sollen.',
  'What it would have done is none of the tools of these attempts.':
    'Was es getan hätte, ist keines der Werkzeuge dieser Versuche.',
  'The arguments it gives are not in the form that was asked for.':
    'Die Angaben, die es macht, haben nicht die verlangte Form.',
  'It does not say what should have been said.': 'Es sagt nicht, was hätte gesagt werden sollen.',
  'The kept answers of models cannot be read.':
    'Die behaltenen Antworten von Modellen sind nicht lesbar.',
  'Nothing of this attempt fits into a question.': 'Von diesem Versuch passt nichts in eine Frage.',
  'Let the model be told more characters.': 'Lassen Sie dem Modell mehr Zeichen sagen.',
  'Branches that the agent gave up are told in the order of the log.':
    'Aufgegebene Anläufe des Agenten werden in der Reihenfolge des Protokolls erzählt.',
  'This review is about another attempt.': 'Diese Durchsicht gehört zu einem anderen Versuch.',
  'Suggestions stay hidden in a blind review.':
    'In einer verdeckten Durchsicht bleiben Vorschläge verborgen.',
  'They are shown when the review of this attempt is done.':
    'Sie erscheinen, wenn die Durchsicht dieses Versuchs erledigt ist.',

  // Why an attempt comes in a queue.
  'It was drawn at random.': 'Er wurde zufällig gezogen.',
  'It is among the oldest.': 'Er gehört zu den ältesten.',
  'You marked it yourself.': 'Sie haben ihn selbst vermerkt.',
  'It has nothing in common with those you marked; it fills up the queue.':
    'Er hat nichts mit den vermerkten gemeinsam; er füllt den Stapel auf.',
  'Nothing about it stands out.': 'Nichts an ihm fällt auf.',
  'A solved attempt at random, to see what the checks miss.':
    'Ein zufälliger gelungener Versuch, um zu sehen, was den Prüfungen entgeht.',
  'It failed at a task that other attempts solved.':
    'Er scheiterte an einer Aufgabe, die anderen gelang.',
  'It solved a task that other attempts failed at.':
    'Ihm gelang eine Aufgabe, an der andere scheiterten.',
  'Its task was both solved and failed.': 'Seine Aufgabe gelang teils und scheiterte teils.',
  'It was solved in part.': 'Er gelang teilweise.',
  'It failed.': 'Er scheiterte.',
  'It repeats itself.': 'Er wiederholt sich.',
  'Why it comes here is told once its review is done.':
    'Warum er hier kommt, steht hier, wenn seine Durchsicht erledigt ist.',
  'the same task': 'dieselbe Aufgabe',

  // Messages of the plan of a review.
  'At least a tenth must be drawn at random: without it no rate can be told.':
    'Mindestens ein Zehntel muss zufällig gezogen werden: Sonst lässt sich kein Anteil nennen.',
  'No attempt matches. Change the filter.': 'Kein Versuch passt. Ändern Sie den Filter.',
  'No attempt was marked as failed or flagged yet, so nothing can be like those.':
    'Noch wurde kein Versuch als gescheitert oder auffällig vermerkt, also kann nichts so sein wie diese.',
  'Choose another order.': 'Wählen Sie eine andere Reihenfolge.',
  'No outcome field found.': 'Kein Feld für den Ausgang gefunden.',
  'You can judge outcomes yourself.': 'Sie können Ausgänge selbst beurteilen.',
  'The queue is too short for second looks: they come at least ten places later.':
    'Der Stapel ist zu kurz für zweite Blicke: Sie kommen mindestens zehn Plätze später.',

  // Reviewing.
  'no verdict': 'kein Urteil',
  'no step is wrong': 'kein Schritt ist falsch',
  'some step is wrong': 'ein Schritt ist falsch',
  'no confidence': 'keine Sicherheit',
  'no choice on keeping': 'keine Wahl zum Behalten',
  flag: 'auffällig',
  'flag taken away': 'nicht mehr auffällig',
  note: 'Notiz',
  'note taken away': 'Notiz entfernt',
  'suggestion left open': 'Vorschlag offengelassen',
  'Take one away first.': 'Entfernen Sie zuerst eines.',
  'Suggestions are hidden until this review is done.':
    'Vorschläge bleiben verborgen, bis diese Durchsicht erledigt ist.',
  'This attempt has no steps to mark.': 'Dieser Versuch hat keine Schritte zum Vermerken.',
  'This question is not asked in this queue any more.':
    'Diese Frage wird in diesem Stapel nicht mehr gestellt.',
  'Open the review again to see the questions of now.':
    'Öffnen Sie die Durchsicht neu, um die jetzigen Fragen zu sehen.',
  'Answer yes, no or unsure.': 'Antworten Sie mit Ja, Nein oder Unsicher.',
  'Answer with a whole number from 1 to 5.': 'Antworten Sie mit einer ganzen Zahl von 1 bis 5.',
  'Choose from the answers of the question.': 'Wählen Sie aus den Antworten der Frage.',
  'Answer with a text.': 'Antworten Sie mit einem Text.',
  'The arguments of a correction must be named values.':
    'Die Angaben einer Korrektur müssen Werte mit Namen sein.',
  'Write them as {"name": value}.': 'Schreiben Sie jeden mit seinem Namen.',
  'These arguments are too long for a correction.':
    'Diese Angaben sind zu lang für eine Korrektur.',
  'Choose a verdict first: pass, fail, partial or unsure.':
    'Wählen Sie zuerst ein Urteil: Gelungen, Gescheitert, Teilweise oder Unsicher.',
  'Change one of them.': 'Ändern Sie eines davon.',
  'This queue is not in the project any more.': 'Dieser Stapel ist nicht mehr im Projekt.',
  'Start a new one from the list of attempts.':
    'Beginnen Sie einen neuen aus der Liste der Versuche.',
  'This place of the queue is not there any more.': 'Diesen Platz des Stapels gibt es nicht mehr.',
  'The attempt may have been removed. Go on with the next one.':
    'Der Versuch wurde vielleicht entfernt. Machen Sie mit dem nächsten weiter.',
  'This review is not in the project any more.': 'Diese Durchsicht ist nicht mehr im Projekt.',
  'Its attempt may have been removed. Go back to the list of attempts.':
    'Ihr Versuch wurde vielleicht entfernt. Gehen Sie zurück zur Liste der Versuche.',
  'There is nothing to undo in this review.':
    'In dieser Durchsicht gibt es nichts rückgängig zu machen.',
  'There is nothing to make again in this review.':
    'In dieser Durchsicht gibt es nichts zu wiederholen.',
  'Write a name to review as.': 'Schreiben Sie, unter welchem Namen Sie durchsehen.',
  'Choose another name, so that its reviews and yours stay apart.':
    'Wählen Sie einen anderen Namen, damit Ihre Durchsichten und die des Modells getrennt bleiben.',
  'These attempts are too long to lay side by side.':
    'Diese Versuche sind zu lang, um sie nebeneinander zu legen.',
  'Open them one after the other.': 'Öffnen Sie sie nacheinander.',

  // Reports of reviews.
  Agreed: 'Geeinigt',
  Verdict: 'Urteil',
  'Keep for training': 'Fürs Training behalten',
  'First mistake, same step': 'Erster Fehler, derselbe Schritt',
  'First mistake, within one step': 'Erster Fehler, höchstens einen Schritt entfernt',
  'First mistake, within three steps': 'Erster Fehler, höchstens drei Schritte entfernt',
  'second looks': 'zweite Blicke',
  Passed: 'Gelungen',
  Failed: 'Gescheitert',
  'Passed in part': 'Teilweise gelungen',
  Unsure: 'Unsicher',

  // Exports and what can be sent.
  'No attempt was kept for training yet.': 'Noch wurde kein Versuch fürs Training behalten.',
  'Answer “Keep for training?” with yes while reviewing, or export all reviewed attempts.':
    'Beantworten Sie „Fürs Training behalten?“ bei der Durchsicht mit Ja, oder exportieren Sie alle durchgesehenen Versuche.',
  'No attempt was reviewed to the end yet.': 'Noch wurde kein Versuch zu Ende durchgesehen.',
  'Review some first, or export all attempts.':
    'Sehen Sie zuerst einige durch, oder exportieren Sie alle Versuche.',
  'This set holds no attempts.': 'Diese Sammlung enthält keine Versuche.',
  'Add traces first.': 'Fügen Sie zuerst Verläufe hinzu.',
  'Writing answers and the report': 'Antworten und Bericht schreiben',
  'Writing conversations': 'Gespräche schreiben',
  'Reviewed attempts': 'Durchgesehene Versuche',
  'None of these attempts holds a turn to learn from.':
    'Keiner dieser Versuche enthält einen Beitrag, aus dem sich lernen lässt.',
  'Mark steps or first mistakes while reviewing, or send attempts that passed.':
    'Vermerken Sie bei der Durchsicht Schritte oder erste Fehler, oder senden Sie gelungene Versuche.',
  'There are no pairs: they need a correction, or a success that stood in the same state.':
    'Es gibt keine Paare: Sie brauchen eine Korrektur oder einen gelungenen Versuch, der an derselben Stelle stand.',
  'Keys, addresses and names of folders were not hidden when these traces were added; they are in the files, too.':
    'Schlüssel, Adressen und Namen von Ordnern wurden beim Hinzufügen nicht verborgen; sie stehen auch in den Dateien.',

  // Forms of logs that are read.
  'ATIF trajectories': 'ATIF-Verläufe',
  'BrowserGym steps (JSON)': 'BrowserGym-Schritte (JSON)',
  'Exported chats with branches': 'Exportierte Chats mit Verzweigungen',
  'Conversations with tool calls': 'Gespräche mit Werkzeugaufrufen',
  'Inspect logs': 'Inspect-Protokolle',
  'Langfuse traces': 'Langfuse-Verläufe',
  'LangSmith runs': 'LangSmith-Läufe',
  'Conversations of linked messages': 'Gespräche aus verknüpften Nachrichten',
  'OpenHands runs': 'OpenHands-Läufe',
  'OpenHands event lists': 'OpenHands-Ereignislisten',
  'OpenTelemetry spans of models and tools': 'OpenTelemetry-Messungen von Modellen und Werkzeugen',
  'Playwright traces (trace.zip)': 'Playwright-Verläufe (trace.zip)',
  'ShareGPT conversations': 'ShareGPT-Gespräche',
  'SWE-agent trajectories': 'SWE-agent-Verläufe',
  'tau-bench results': 'tau-bench-Ergebnisse',
  'tau2-bench results': 'tau2-bench-Ergebnisse',
  'WebArena trajectories': 'WebArena-Verläufe',
  'Who&When logs': 'Who&When-Protokolle',
  'MiniWoB++ demonstrations': 'MiniWoB++-Vorführungen',
  'Files read with fields you chose': 'Dateien, gelesen mit den Feldern Ihrer Wahl',
  'attempts that Winnow made': 'Versuche, die Winnow gemacht hat',
  'Room-to-room paths': 'Wege von Raum zu Raum',
  'Pages that were played': 'Gespielte Seiten',

  // Where outcomes come from.
  'The reward of each attempt: 1 passed, 0 failed.':
    'Die Belohnung jedes Versuchs: 1 gelungen, 0 gescheitert.',
  'The score of each sample: C or 1 passed, I or 0 failed, P is partial.':
    'Die Wertung jeder Probe: C oder 1 gelungen, I oder 0 gescheitert, P teilweise.',
  'Whether the issue was resolved, where the log says so.':
    'Ob das Problem gelöst wurde, wo das Protokoll es sagt.',
  'The result of the tests, where the log says so.':
    'Das Ergebnis der Tests, wo das Protokoll es sagt.',
  'Whether the answer was correct.': 'Ob die Antwort richtig war.',
  'The outcome or the reward that the log keeps beside the steps.':
    'Der Ausgang oder die Belohnung, die das Protokoll neben den Schritten nennt.',
  'The score or the outcome that a span names.':
    'Die Wertung oder der Ausgang, den eine Messung nennt.',
  'The field for the outcome, the reward or the score of each conversation.':
    'Das Feld für Ausgang, Belohnung oder Wertung jedes Gesprächs.',
  'The reward of each episode: above 0 passed.': 'Die Belohnung jedes Durchgangs: über 0 gelungen.',

  // What could not be read, and where.
  'The file': 'Die Datei',
  'End of the file': 'Ende der Datei',
  'It holds no steps.': 'Darin sind keine Schritte.',
  'It is the summary of a run without its steps. Add a file with the steps.':
    'Das ist die Zusammenfassung eines Laufs ohne seine Schritte. Fügen Sie eine Datei mit den Schritten hinzu.',
  'It is no step of BrowserGym.': 'Das ist kein Schritt von BrowserGym.',
  'The file begins in the middle of the run: BrowserGym overwrites steps_info.json at every step.':
    'Die Datei beginnt mitten im Lauf: BrowserGym überschreibt steps_info.json bei jedem Schritt.',
  'It holds no messages.': 'Darin sind keine Nachrichten.',
  'It holds no list of messages.': 'Darin ist keine Liste von Nachrichten.',
  'It holds no log.': 'Darin ist kein Protokoll.',
  'The log holds no samples.': 'Das Protokoll enthält keine Proben.',
  'The log holds no conversation; it was put together from the calls of the model.':
    'Das Protokoll enthält kein Gespräch; es wurde aus den Aufrufen des Modells zusammengesetzt.',
  'The packed file ends early.': 'Die gepackte Datei endet zu früh.',
  'It could not be read.': 'Das war nicht lesbar.',
  'The file is cut off.': 'Die Datei ist abgeschnitten.',
  'Export it again with shorter tool outputs, or split it.':
    'Exportieren Sie sie mit kürzeren Antworten der Werkzeuge neu, oder teilen Sie sie.',
  'It holds no observations.': 'Darin sind keine Beobachtungen.',
  'It is no run of LangSmith.': 'Das ist kein Lauf von LangSmith.',
  'It is no message of a conversation.': 'Das ist keine Nachricht eines Gesprächs.',
  'It holds no states.': 'Darin sind keine Zustände.',
  'It holds no history.': 'Darin ist kein Ablauf.',
  'It is no event of OpenHands.': 'Das ist kein Ereignis von OpenHands.',
  'It holds no spans.': 'Darin sind keine Messungen.',
  'It is a Python pickle file. Opening one would run whatever program is in it, so Winnow never does.':
    'Das ist eine Pickle-Datei von Python. Wer sie öffnet, führt aus, was immer darin steht; Winnow tut das nie.',
  'Export the steps as JSON instead: in BrowserGym, write every StepInfo with json.dumps(step, cls=DataclassJSONEncoder) as one line of a .jsonl file.':
    'Exportieren Sie die Schritte stattdessen als JSON: in BrowserGym jede StepInfo mit json.dumps(step, cls=DataclassJSONEncoder) als eine Zeile einer .jsonl-Datei.',
  'It holds no calls.': 'Darin sind keine Aufrufe.',
  'It is no trace in a form that Winnow knows.':
    'Das ist kein Verlauf in einer Form, die Winnow kennt.',
  'Its form is not what its first fields promise.':
    'Die Form ist nicht die, die die ersten Felder versprechen.',
  'Get the file again from where it came from, or export it anew as JSON.':
    'Holen Sie die Datei noch einmal von ihrem Ursprung, oder exportieren Sie sie neu als JSON.',
  'It holds no turns with “from” and “value”.': 'Darin sind keine Beiträge mit „from“ und „value“.',
  'It holds no trajectory.': 'Darin ist kein Verlauf.',
  'It holds no conversation.': 'Darin ist kein Gespräch.',
  'It holds no simulations.': 'Darin sind keine Simulationen.',
  'The marked step is not a turn of the log.':
    'Der vermerkte Schritt ist kein Beitrag des Protokolls.',
  'It could not be unpacked.': 'Das ließ sich nicht entpacken.',
  'It holds no JSON and no archive, so no traces.':
    'Darin ist weder JSON noch ein Archiv, also keine Verläufe.',
  'It is no list of messages.': 'Das ist keine Liste von Nachrichten.',
  'Its list of messages is empty.': 'Die Liste der Nachrichten ist leer.',
  'Its role is left out.': 'Diese Rolle wird weggelassen.',
  'The roles of all its messages are left out.':
    'Die Rollen aller Nachrichten darin werden weggelassen.',
  'Only the first 256 MB of pictures and files were taken.':
    'Nur die ersten 256 MB an Bildern und Dateien wurden übernommen.',
  'It is no attempt as Winnow writes them.': 'Das ist kein Versuch, wie Winnow sie schreibt.',
  'There are no files in this folder.': 'In diesem Ordner sind keine Dateien.',
  'There are more than 20,000 files in this folder.':
    'In diesem Ordner sind mehr als 20.000 Dateien.',
  'Choose a folder that holds the logs alone.': 'Wählen Sie einen Ordner nur mit den Protokollen.',
  'One thing could not be read as it is. It is listed with the reason.':
    'Eines war so nicht lesbar. Es ist mit dem Grund aufgelistet.',
  'They are listed with the reasons.': 'Sie sind mit den Gründen aufgelistet.',
  'This set of traces was removed meanwhile.': 'Diese Sammlung wurde inzwischen entfernt.',
  'This set of traces is not in the project.': 'Diese Sammlung ist nicht im Projekt.',
  'This attempt is not in the project.': 'Dieser Versuch ist nicht im Projekt.',
  'This event is not in the attempt.': 'Dieses Ereignis ist nicht im Versuch.',
  'This attachment is not in the attempt.': 'Dieser Anhang ist nicht im Versuch.',
  'These files hold no attempts that can be read.':
    'Diese Dateien enthalten keine lesbaren Versuche.',

  'Choose another name.': 'Wählen Sie einen anderen Namen.',
  'Choose another name, or add to that set.':
    'Wählen Sie einen anderen Namen, oder fügen Sie zu jener Sammlung hinzu.',
  'A trace set with this name is already there.': 'Eine Sammlung mit diesem Namen gibt es schon.',
  'Choose the folder of the pages first.': 'Wählen Sie zuerst den Ordner der Seiten.',
  'Nobody of this kind can go on with this attempt.':
    'So lässt sich dieser Versuch nicht fortsetzen.',
  'Choose another one to go on after the correction.':
    'Wählen Sie, wer nach der Korrektur sonst weitermacht.',
  'Choose the connectivity file of a building, or a list of paths, in the room-to-room format.':
    'Wählen Sie die Datei mit den Verbindungen eines Gebäudes oder eine Liste von Wegen, in der Form „Room-to-Room“.',

  // The picture of an attempt's ways.
  'This set of traces has no attempt at this task.':
    'Diese Sammlung hat keinen Versuch an dieser Aufgabe.',
  'Ended otherwise': 'Anders beendet',
  'The attempt ends': 'Der Versuch endet',
  'Nothing changed': 'Nichts geändert',
  Start: 'Start',

  // Pages that are played.
  'Playing the pages': 'Seiten spielen',
  'Looking at the attempts': 'Versuche ansehen',
  'Playing the page': 'Seite spielen',
  'Looking at the attempt': 'Versuch ansehen',
  'It was stopped; the attempts made until then are kept.':
    'Es wurde angehalten; die bis dahin gemachten Versuche bleiben.',
  'There is no browser that pages can be played in.':
    'Es gibt keinen Browser, in dem Seiten gespielt werden können.',
  'Install Chromium, Chrome or Edge. For the administrator account it stays off: use another one.':
    'Installieren Sie Chromium, Chrome oder Edge. Unter dem Administratorkonto bleibt es aus: Nehmen Sie ein anderes.',
  'The browser did not start.': 'Der Browser ist nicht gestartet.',
  'Chromium does not start for the administrator account; use another one.':
    'Chromium startet unter dem Administratorkonto nicht; nehmen Sie ein anderes.',
  'That would be too many attempts.': 'Das wären zu viele Versuche.',
  'Use one on this computer, such as http://127.0.0.1:8080/v1.':
    'Nehmen Sie eine auf diesem Computer, etwa http://127.0.0.1:8080/v1.',
  'is no address': 'ist keine Adresse',
  'does not begin with http://': 'beginnt nicht mit http://',
  'is not on this computer': 'ist nicht auf diesem Computer',
  'holds a name or a password': 'enthält einen Namen oder ein Kennwort',
  'holds more than a path': 'enthält mehr als einen Pfad',
  'is not in the expected form': 'hat nicht die erwartete Form',
  'takes too long': 'braucht zu lange',
  'is too long': 'ist zu lang',
  'What the model is to be told is too long.': 'Was dem Modell gesagt werden soll, ist zu lang.',
  'Check that the address is that of an OpenAI-compatible server.':
    'Sehen Sie nach, ob die Adresse zu einem Server gehört, der wie OpenAI antwortet.',
  'The model server cannot be reached.': 'Der Modellserver ist nicht erreichbar.',
  'The file of model answers has grown too large.':
    'Die Datei mit den Antworten von Modellen ist zu groß geworden.',
  'Move it elsewhere; a new one is begun.': 'Legen Sie sie woanders hin; eine neue wird begonnen.',
  'The page does not answer any more.': 'Die Seite antwortet nicht mehr.',
  'Pages need the “core” object of MiniWoB++.': 'Seiten brauchen das „core“-Objekt von MiniWoB++.',
  'The page did not get ready.': 'Die Seite wurde nicht fertig.',
  'The page describes no screen that can be read.':
    'Die Seite beschreibt keinen lesbaren Bildschirm.',
  'It may have gone elsewhere, or is not a page of the kind that can be played.':
    'Vielleicht führte sie woandershin, oder sie ist keine Seite, die gespielt werden kann.',
  'The folder holds no pages that can be played.':
    'Der Ordner enthält keine Seiten, die gespielt werden können.',
  'Choose the “html” folder of MiniWoB++: it holds “core” and “miniwob”.':
    'Wählen Sie den Ordner „html“ von MiniWoB++: Darin sind „core“ und „miniwob“.',
  'Choose chance, or a local model, for pages of your own.':
    'Wählen Sie für eigene Seiten den Zufall oder ein Modell auf diesem Computer.',
  'Choose chance or a local model for it, without looking for the decisive step.':
    'Wählen Sie dafür den Zufall oder ein Modell auf diesem Computer, ohne nach dem entscheidenden Schritt zu suchen.',
  'A correction can be tried on attempts that Winnow played on pages. This one comes from elsewhere.':
    'Eine Korrektur lässt sich an Versuchen ausprobieren, die Winnow auf Seiten gespielt hat. Dieser kommt von woanders.',
  'The log does not say which task it is, or with which start.':
    'Das Protokoll sagt nicht, welche Aufgabe es ist oder mit welchem Anfang.',
  'The log holds something that cannot be played again.':
    'Das Protokoll enthält etwas, das nicht noch einmal gespielt werden kann.',
  'This step did nothing on the page.': 'Dieser Schritt tat auf der Seite nichts.',
  'This correction is nothing that can be done on a page.':
    'Diese Korrektur ist nichts, was auf einer Seite getan werden kann.',
  'Choose click, enter, press, hold or scroll, with the number of an element of the screen.':
    'Wählen Sie Klicken, Eingeben, Drücken, Halten oder Rollen, mit der Nummer eines Elements des Bildschirms.',
  'The correction is what the agent did.': 'Die Korrektur ist das, was der Agent tat.',
  'The pages may have changed since, or are others of the same name.':
    'Die Seiten haben sich vielleicht geändert, oder es sind andere mit demselben Namen.',

  // Finding the way.
  'Reading buildings and paths': 'Gebäude und Wege lesen',
  'Writing paths': 'Wege schreiben',
  'Finding steps': 'Schritte suchen',
  'Learning and walking': 'Lernen und gehen',
  'It wants one file of places per building and lists of paths, as room-to-room data has them.':
    'Gebraucht wird je Gebäude eine Datei mit Orten, dazu Listen von Wegen, wie in Daten der Form „Room-to-Room“.',
  'There are too many files in this folder.': 'In diesem Ordner sind zu viele Dateien.',
  'There are too many files of this kind in this folder.':
    'In diesem Ordner sind zu viele Dateien dieser Art.',
  'Choose a folder that holds the places and paths alone.':
    'Wählen Sie einen Ordner nur mit den Orten und Wegen.',
  'Pictures are not needed.': 'Bilder werden nicht gebraucht.',
  'It holds neither places of a building nor paths.':
    'Darin sind weder Orte eines Gebäudes noch Wege.',
  'It is too large for one building.': 'Für ein Gebäude ist das zu groß.',
  'Its name says no building.': 'Der Name nennt kein Gebäude.',
  'The file ends in the middle.': 'Die Datei endet mittendrin.',
  'The name of a place is too long.': 'Der Name eines Ortes ist zu lang.',
  'A place lies too far away to be true.': 'Ein Ort liegt zu weit weg, um wahr zu sein.',
  'It is too large.': 'Das ist zu groß.',
  'Take some of the lists of paths out of it.': 'Nehmen Sie einige Listen von Wegen heraus.',
  'The buildings of this set are not in the project.':
    'Die Gebäude dieser Sammlung sind nicht im Projekt.',
  'The buildings of this set cannot be read any more.':
    'Die Gebäude dieser Sammlung sind nicht mehr lesbar.',
  'Add the folder again.': 'Fügen Sie den Ordner noch einmal hinzu.',
  'What this measurement left cannot be read.': 'Was von dieser Messung blieb, ist nicht lesbar.',
  'Measure again with the same repeat code to get the same figures.':
    'Messen Sie noch einmal mit demselben Wiederholungscode, um dieselben Zahlen zu bekommen.',
  'The buildings to measure in have no paths.':
    'Die Gebäude, in denen gemessen werden soll, haben keine Wege.',
  'There is no such walk in this measurement.': 'Diesen Weg gibt es in dieser Messung nicht.',
  'There was one run: intervals are over walks and leave out the luck of learning.':
    'Es gab einen Lauf: Bereiche gelten über Wege und lassen das Glück beim Lernen weg.',
  'So these figures cannot be compared with published ones.':
    'Diese Zahlen lassen sich daher nicht mit veröffentlichten vergleichen.',
  'exactly where the goal is': 'genau wo das Ziel ist'
}

/** Sentences with names and figures in them; the first that fits is taken. */
export const forms: readonly (readonly [string, string])[] = [
  // Findings.
  [
    'No successful run of this task did this {action}: “{values}”.',
    'Kein gelungener Versuch dieser Aufgabe machte dieses {action}: „{values}“.'
  ],
  [
    'A successful run of this task called {action} with other values: {field} is “{here}”, there it is “{there}”.',
    'Ein gelungener Versuch dieser Aufgabe rief {action} mit anderen Werten auf: {field} ist hier „{here}“ und dort „{there}“.'
  ],
  [
    'A successful run of this task called {action} with other values:',
    'Ein gelungener Versuch dieser Aufgabe rief {action} mit anderen Werten auf.'
  ],
  [
    'It ends without {action}, which 1 successful run made: “{values}”.',
    'Es endet ohne {action}, das 1 gelungener Versuch machte: „{values}“.'
  ],
  [
    'It ends without {action}, which {#runs} successful runs made: “{values}”.',
    'Es endet ohne {action}, das {#runs} gelungene Versuche machten: „{values}“.'
  ],
  [
    'It ends without {action}, which {@runs} made.',
    'Es endet ohne {action}; gemacht haben das: {@runs}.'
  ],
  ['[both] successful runs of this task', 'beide gelungenen Versuche dieser Aufgabe'],
  ['all {#runs} successful runs of this task', 'alle {#runs} gelungenen Versuche dieser Aufgabe'],
  [
    'The tool answered with an error: “{line}”.',
    'Das Werkzeug antwortete mit einer Fehlermeldung: „{line}“.'
  ],
  [
    'After the error [“]{line}[”] it did {action} again in the same way.',
    'Nach der Fehlermeldung „{line}“ kam {action} noch einmal ebenso.'
  ],
  [
    'Right after the error [“]{line}[”] it changed something with {action}.',
    'Gleich nach der Fehlermeldung „{line}“ wurde mit {action} etwas geändert.'
  ],
  [
    '{action} failed with [“]{line}[”] and worked soon after.',
    '{action} scheiterte mit „{line}“ und gelang bald danach.'
  ],
  [
    '{action} again, with the same arguments as in the step before.',
    'Noch einmal {action}, mit denselben Angaben wie im Schritt davor.'
  ],
  [
    '{action} again in the same place as in step {#step}, with nothing changed since.',
    'Noch einmal {action} am selben Ort wie in Schritt {#step}, ohne dass sich etwas geändert hat.'
  ],
  [
    'The same action {#times} [time|times] in a row.',
    'Dieselbe Handlung {#times}-mal hintereinander.'
  ],
  [
    'The same {#actions} [action|actions] {#times} [time|times] round.',
    'Dieselben {#actions} Handlungen {#times}-mal im Kreis.'
  ],
  [
    'Nothing on the screen changed, {#actions} actions in a row.',
    'Auf dem Bildschirm änderte sich nichts, {#actions} Handlungen hintereinander.'
  ],
  ['Back on a screen of [1 step] before.', 'Wieder auf einem Bildschirm von vor 1 Schritt.'],
  [
    'Back on a screen of {#steps} [steps] before.',
    'Wieder auf einem Bildschirm von vor {#steps} Schritten.'
  ],
  ['Nothing new was seen for [1 step].', '1 Schritt lang war nichts Neues zu sehen.'],
  [
    'Nothing new was seen for {#steps} [steps].',
    '{#steps} Schritte lang war nichts Neues zu sehen.'
  ],
  [
    '{action} uses “{value}” for {name}, which appears nowhere before.',
    '{action} verwendet „{value}“ für {name}; das kommt davor nirgends vor.'
  ],
  [
    'No successful run that came this far did {action} here; they did {#others} other [thing|things].',
    'Kein gelungener Versuch, der so weit kam, tat hier {action}; anderes taten sie: {#others}.'
  ],
  [
    '{#steps} [step|steps]; successful runs hardly ever need more than {#most}.',
    'Schritte: {#steps}; gelungene Versuche brauchen kaum je mehr als {#most}.'
  ],
  [
    'The log says that it was cut off: “{reason}”.',
    'Das Protokoll sagt, dass abgebrochen wurde: „{reason}“.'
  ],

  // Suggestions of the first mistake.
  [
    '{action} differs in {field} from what a successful run of this task did.',
    '{action} weicht bei {field} von dem ab, was ein gelungener Versuch dieser Aufgabe tat.'
  ],
  [
    'No successful run of this task did this {action}.',
    'Kein gelungener Versuch dieser Aufgabe machte dieses {action}.'
  ],
  [
    'From here on it differs from the most similar successful run ({run}).',
    'Ab hier weicht es vom ähnlichsten gelungenen Versuch ab ({run}).'
  ],
  [
    'Nothing in this trace tells; reviewers of this project usually found the first mistake about here ({#marks} marks).',
    'Nichts in diesem Verlauf weist darauf hin; in diesem Projekt lag der erste Fehler meist etwa hier ({#marks} Vermerke).'
  ],
  [
    'Reviewers usually find the first mistake about here ({#marks} marks).',
    'Der erste Fehler liegt meist etwa hier ({#marks} Vermerke).'
  ],
  ['The model “{model}”', 'Das Modell „{model}“'],
  ['{@rule}, where “{model}” named a step', '{@rule}, wo „{model}“ einen Schritt nannte'],

  // What a model on this computer was told and said.
  [
    'It names step {#step}, and the attempt has {#steps}.',
    'Es nennt Schritt {#step}, und der Versuch hat {#steps}.'
  ],
  [
    'It names step {#step}, which it was not told about.',
    'Es nennt Schritt {#step}, von dem ihm nichts gesagt wurde.'
  ],
  [
    '{#count} [picture or file is|pictures and files are] left out.',
    'Weggelassene Bilder und Dateien: {#count}.'
  ],
  [
    '{#count} [text is|texts are] shortened to the beginning and the end, {#characters} characters in all.',
    'Auf Anfang und Ende gekürzte Texte: {#count}, zusammen {#characters} Zeichen.'
  ],
  ['Step {#step} is left out.', 'Schritt {#step} ist weggelassen.'],
  ['Steps {#from} to {#to} are left out.', 'Die Schritte {#from} bis {#to} sind weggelassen.'],

  // Why an attempt comes in a queue, and messages of the plan.
  ['It is like attempts you marked: {*why}.', 'Er gleicht Versuchen mit Ihrem Vermerk: {*why}.'],
  ['uses “{tool}”', 'verwendet „{tool}“'],
  [
    'It is very long: {#steps} steps, where half have {#median} or fewer.',
    'Er ist sehr lang: {#steps} Schritte; die Hälfte hat höchstens {#median}.'
  ],
  ['It uses “{tool}”, which few attempts do.', 'Er verwendet „{tool}“; das tun wenige Versuche.'],
  [
    'It passed, although a check fired that is typical of failures: {@finding}.',
    'Er gelang, obwohl es einen Befund gibt, der für gescheiterte typisch ist: {@finding}.'
  ],
  [
    'It failed, although checks look like success: {@finding}.',
    'Er scheiterte, obwohl ein Befund nach Gelingen aussieht: {@finding}.'
  ],
  [
    'Checks contradict each other: {@bad}, {@good}.',
    'Befunde widersprechen sich: {@bad}, {@good}.'
  ],
  [
    'Question {#number} has no answers to choose from. Add some.',
    'Frage {#number} hat keine Antworten zur Auswahl. Fügen Sie welche hinzu.'
  ],
  [
    'Question {#number} has no text. Write what to ask.',
    'Frage {#number} hat keinen Text. Schreiben Sie, was gefragt wird.'
  ],
  [
    'Question {#number} cannot be told from another one.',
    'Frage {#number} lässt sich nicht von einer anderen unterscheiden.'
  ],
  [
    'Only {#found} attempts match, fewer than the {#asked} asked for.',
    'Nur {#found} Versuche passen, weniger als die verlangten {#asked}.'
  ],
  [
    'Only {#random} are drawn at random: rates will be a rough estimate.',
    'Nur {#random} werden zufällig gezogen: Anteile werden eine grobe Schätzung.'
  ],
  [
    'Only {#planned} of {#wanted} second looks fit: they come at least ten places later.',
    'Nur {#planned} von {#wanted} zweiten Blicken passen: Sie kommen mindestens zehn Plätze später.'
  ],

  // Reviewing. What stands in [ ] the core puts together from parts.
  ['verdict [pass]', 'Urteil „Gelungen“'],
  ['verdict [fail]', 'Urteil „Gescheitert“'],
  ['verdict [partial]', 'Urteil „Teilweise“'],
  ['verdict [unsure]', 'Urteil „Unsicher“'],
  ['[no] first mistake', 'kein erster Fehler'],
  ['[no] decisive mistake', 'kein entscheidender Fehler'],
  ['keep for training: [yes]', 'fürs Training behalten: ja'],
  ['keep for training: [no]', 'fürs Training behalten: nein'],
  ['keep for training: [unsure]', 'fürs Training behalten: unsicher'],
  ['suggestion [accepted]', 'Vorschlag angenommen'],
  ['suggestion [dismissed]', 'Vorschlag abgelehnt'],
  ['first mistake [at step] {#step}', 'erster Fehler bei Schritt {#step}'],
  ['decisive mistake [at step] {#step}', 'entscheidender Fehler bei Schritt {#step}'],
  ['confidence {#value} of 3', 'Sicherheit {#value} von 3'],
  ['good step [at step] {#step}', 'Schritt {#step} gut'],
  ['bad step [at step] {#step}', 'Schritt {#step} schlecht'],
  ['neither good nor bad [at step] {#step}', 'Schritt {#step} weder gut noch schlecht'],
  ['recovered here [at step] {#step}', 'behoben bei Schritt {#step}'],
  ['does not matter [at step] {#step}', 'Schritt {#step} ohne Bedeutung'],
  ['no mark [at step] {#step}', 'kein Vermerk bei Schritt {#step}'],
  ['correction taken away [at step] {#step}', 'Korrektur bei Schritt {#step} entfernt'],
  ['correction [at step] {#step}', 'Korrektur bei Schritt {#step}'],
  ['note taken away [at step] {#step}', 'Notiz bei Schritt {#step} entfernt'],
  ['note [at step] {#step}', 'Notiz bei Schritt {#step}'],
  ['tag “{@tag}” taken away at step {#step}', 'Schlagwort „{@tag}“ bei Schritt {#step} entfernt'],
  ['tag “{tag}” taken away at step {#step}', 'Schlagwort „{tag}“ bei Schritt {#step} entfernt'],
  ['tag “{@tag}” at step {#step}', 'Schlagwort „{@tag}“ bei Schritt {#step}'],
  ['tag “{tag}” at step {#step}', 'Schlagwort „{tag}“ bei Schritt {#step}'],
  ['tag “{@tag}” taken away', 'Schlagwort „{@tag}“ entfernt'],
  ['tag “{tag}” taken away', 'Schlagwort „{tag}“ entfernt'],
  ['tag “{@tag}”', 'Schlagwort „{@tag}“'],
  ['tag “{tag}”', 'Schlagwort „{tag}“'],
  ['no answer to “{question}”', 'keine Antwort auf „{question}“'],
  ['answer to “{question}”', 'Antwort auf „{question}“'],
  ['answer [yes] to “{question}”', 'Antwort „Ja“ auf „{question}“'],
  ['answer [no] to “{question}”', 'Antwort „Nein“ auf „{question}“'],
  ['answer [unsure] to “{question}”', 'Antwort „Unsicher“ auf „{question}“'],
  ['answer {#value} to “{question}”', 'Antwort {#value} auf „{question}“'],
  ['There are already {#most} tags here.', 'Hier sind schon {#most} Schlagwörter.'],
  [
    'There is no step {#step}: this attempt has one step.',
    'Schritt {#step} gibt es nicht: Dieser Versuch hat einen Schritt.'
  ],
  [
    'There is no step {#step}: this attempt has {#steps} steps.',
    'Schritt {#step} gibt es nicht: Dieser Versuch hat {#steps} Schritte.'
  ],
  ['This is not an answer to “{question}”.', 'Das ist keine Antwort auf „{question}“.'],
  ['Answer “{question}” first.', 'Beantworten Sie zuerst „{question}“.'],
  [
    'The decisive mistake (step {#decisive}) comes before the first mistake (step {#first}).',
    'Der entscheidende Fehler (Schritt {#decisive}) kommt vor dem ersten Fehler (Schritt {#first}).'
  ],
  ['“{name}” is the name of a model.', '„{name}“ ist der Name eines Modells.'],

  // Reports of reviews.
  ['Tag “{@tag}”', 'Schlagwort „{@tag}“'],
  ['Tag “{tag}”', 'Schlagwort „{tag}“'],
  ['{name}, second look', '{name}, zweiter Blick'],

  // Exports and what can be sent.
  [
    '{#count} attempts teach nothing; left-out.csv says why.',
    '{#count} Versuche lehren nichts; in left-out.csv steht, warum.'
  ],
  [
    '{#count} attempts teach nothing and are not sent.',
    '{#count} Versuche lehren nichts und werden nicht gesendet.'
  ],
  [
    '{#count} attempts hold no turn to learn from; they are listed with the reason.',
    '{#count} Versuche enthalten keinen Beitrag, aus dem sich lernen lässt; sie sind mit dem Grund aufgelistet.'
  ],
  [
    '{#count} attempts were not reviewed: what their log says of the outcome decides alone.',
    '{#count} Versuche wurden nicht durchgesehen: Es entscheidet allein, was ihr Protokoll über den Ausgang sagt.'
  ],
  [
    'The test part stays empty: there are only {#tasks} tasks, and a task goes to one part whole.',
    'Der Testteil bleibt leer: Es gibt nur {#tasks} Aufgaben, und eine Aufgabe kommt ganz in einen Teil.'
  ],

  // Where outcomes come from.
  ['The field “{field}” that you chose.', 'Das Feld „{field}“, das Sie gewählt haben.'],
  ['What the log says of its end ({@form}).', 'Was das Protokoll über sein Ende sagt ({@form}).'],

  // What could not be read, and where.
  ['Trace {#trace}, line {#line}', 'Verlauf {#trace}, Zeile {#line}'],
  [
    'Message {#message} has no role and was left out.',
    'Nachricht {#message} hat keine Rolle und wurde weggelassen.'
  ],
  [
    'The arguments of a call of {tool} are not valid JSON.',
    'Die Angaben eines Aufrufs von {tool} sind kein gültiges JSON.'
  ],
  [
    'It is nested more than {#levels} levels deep.',
    'Es ist mehr als {#levels} Ebenen tief verschachtelt.'
  ],
  [
    'One trace of this file is larger than {#size}.',
    'Ein Verlauf dieser Datei ist größer als {#size}.'
  ],
  ['“{file}” was not opened. {@why}', '„{file}“ wurde nicht geöffnet. {@why}'],
  ['{@why} The same holds for {#more} more.', '{@why} Dasselbe gilt für {#more} weitere.'],
  [
    '{file} ends early: its last line is cut off.',
    '{file} endet zu früh: Die letzte Zeile ist abgeschnitten.'
  ],
  [
    'This trace is cut off at step {#step} (the file ends early).',
    'Dieser Verlauf ist bei Schritt {#step} abgeschnitten (die Datei endet zu früh).'
  ],
  [
    '“{file}” could not be read. {@where}: {@problem}',
    '„{file}“ war nicht lesbar. {@where}: {@problem}'
  ],
  [
    '“{file}[”] holds no traces that Winnow knows.',
    '„{file}“ enthält keine Verläufe, die Winnow kennt.'
  ],
  [
    '[It reads] {*forms}[.] Other JSON files can be read by saying which field is which.',
    'Gelesen werden: {*forms}. Andere JSON-Dateien lassen sich lesen, wenn Sie sagen, welches Feld was ist.'
  ],
  [
    'Turn {#turn} says not who speaks and was left out.',
    'Beitrag {#turn} sagt nicht, wer spricht, und wurde weggelassen.'
  ],
  [
    'The call of turn {#turn} is not valid JSON.',
    'Der Aufruf von Beitrag {#turn} ist kein gültiges JSON.'
  ],
  ['It has no list at “{field}”.', 'Bei „{field}“ ist keine Liste.'],
  ['It has no role at “{field}”.', 'Bei „{field}“ ist keine Rolle.'],
  [
    'None of its messages has a role at “{field}”.',
    'Keine der Nachrichten hat bei „{field}“ eine Rolle.'
  ],
  [
    'Message {#message} has no role at “{field}” and was left out.',
    'Nachricht {#message} hat bei „{field}“ keine Rolle und wurde weggelassen.'
  ],
  ['The folder “{name}” could not be read.', 'Der Ordner „{name}“ war nicht lesbar.'],
  ['{#count} things could not be read as they are.', '{#count} Dinge waren so nicht lesbar.'],
  [
    'At most {#events} events can be read at once.',
    'Auf einmal lassen sich höchstens {#events} Ereignisse lesen.'
  ],

  [
    'This project already has a set of traces called “{name}”.',
    'Dieses Projekt hat schon eine Sammlung „{name}“.'
  ],
  ['This is the review of “{name}”.', 'Das ist die Durchsicht von „{name}“.'],
  [
    'Review as “{name}” to change it, or open the attempt again for a review of your own.',
    'Sehen Sie als „{name}“ durch, um sie zu ändern, oder öffnen Sie den Versuch neu für eine eigene Durchsicht.'
  ],
  ['Playing pages for “{name}”', 'Seiten spielen für „{name}“'],
  ['Looking through “{name}” again', '„{name}“ wird noch einmal angesehen'],
  ['Sending “{name}” to the chooser', '„{name}“ wird zum Auswählen gesendet'],
  ['Trying a correction of “{task}”', 'Korrektur von „{task}“ wird ausprobiert'],

  // The picture of an attempt's ways.
  ['{name} ({#changes} changes)', '{name} ({#changes} Änderungen)'],

  // Pages that are played.
  ['There is no browser at “{path}”.', 'Unter „{path}“ ist kein Browser.'],
  [
    'Ask for at most {#most}: tasks times seeds times attempts.',
    'Verlangen Sie höchstens {#most}: Aufgaben mal Wiederholungscodes mal Versuche.'
  ],
  [
    'Start it and check its address ({address}).',
    'Starten Sie ihn, und sehen Sie seine Adresse nach ({address}).'
  ],
  ["The model's address {@wrong}.", 'Die Adresse des Modells {@wrong}.'],
  ["The model server's answer {@wrong}.", 'Die Antwort des Modellservers {@wrong}.'],
  [
    "The model server's answer [is an error] ({number}).",
    'Die Antwort des Modellservers ist eine Fehlermeldung ({number}).'
  ],
  [
    '“{name}” is not a page that can be played.',
    '„{name}“ ist keine Seite, die gespielt werden kann.'
  ],
  ['The page stopped with “{said}”.', 'Die Seite hielt an mit „{said}“.'],
  ['There is no page “{name}” in the folder.', 'Im Ordner gibt es keine Seite „{name}“.'],
  ['Its pages are {names} and more.', 'Seine Seiten: {names} und weitere.'],
  ['Its pages are {names}.', 'Seine Seiten: {names}.'],
  ['No script knows the task “{task}”.', 'Kein Ablauf kennt die Aufgabe „{task}“.'],
  [
    'At step {#step} the page is not as the log has it, so the attempt cannot be played again.',
    'Bei Schritt {#step} ist die Seite nicht wie im Protokoll; der Versuch kann nicht noch einmal gespielt werden.'
  ],

  // Finding the way.
  [
    'This folder holds [no building] that can be read.',
    'Dieser Ordner enthält kein lesbares Gebäude.'
  ],
  [
    'This folder holds [no path in these buildings] that can be read.',
    'Dieser Ordner enthält keinen lesbaren Weg in diesen Gebäuden.'
  ],
  [
    'This folder holds [no building] that can be read. {where}: {@reason}',
    'Dieser Ordner enthält kein lesbares Gebäude. {where}: {@reason}'
  ],
  [
    'This folder holds [no path in these buildings] that can be read. {where}: {@reason}',
    'Dieser Ordner enthält keinen lesbaren Weg in diesen Gebäuden. {where}: {@reason}'
  ],
  [
    'The building {name} was read from another file.',
    'Das Gebäude {name} wurde aus einer anderen Datei gelesen.'
  ],
  ['It has more than {#places} places.', 'Es hat mehr als {#places} Orte.'],
  [
    'Path {#path} is cut off: the file ends in the middle of it.',
    'Weg {#path} ist abgeschnitten: Die Datei endet mittendrin.'
  ],
  ['Path {#path} names no building.', 'Weg {#path} nennt kein Gebäude.'],
  ['Path {#path} has more than {#steps} steps.', 'Weg {#path} hat mehr als {#steps} Schritte.'],
  [
    'There are more than {#paths} paths in this folder.',
    'In diesem Ordner sind mehr als {#paths} Wege.'
  ],
  ['{#paths} more paths could not be read.', '{#paths} weitere Wege waren nicht lesbar.'],
  [
    '{#paths} paths say only where they begin, so there is nothing to compare with.',
    '{#paths} Wege sagen nur, wo sie beginnen; es gibt nichts zu vergleichen.'
  ],
  [
    '{#paths} paths are in the building {name}, whose places are not in this folder.',
    '{#paths} Wege sind im Gebäude {name}, dessen Orte nicht in diesem Ordner sind.'
  ],
  [
    'There is no building “{name}” in this set.',
    'Ein Gebäude „{name}“ gibt es in dieser Sammlung nicht.'
  ],
  [
    'The buildings to learn in have {#paths} paths; at least {#least} are needed.',
    'Die Gebäude, in denen gelernt werden soll, haben {#paths} Wege; mindestens {#least} sind nötig.'
  ],
  [
    '{#walks} [walk is|walks are] too few to judge the planner: it reaches {#planner} % of the goals, greedy {#greedy} %.',
    '{#walks} Wege sind zu wenige, um den Planer zu beurteilen: Er erreicht {#planner} % der Ziele, geradewegs {#greedy} %.'
  ],
  [
    'The planner is better than greedy: it reaches {#planner} % of the goals, greedy {#greedy} %. That is {#points} points more ({#low} to {#high}).',
    'Der Planer ist besser als geradewegs: Er erreicht {#planner} % der Ziele, geradewegs {#greedy} %. Das sind {#points} Punkte mehr ({#low} bis {#high}).'
  ],
  [
    'The planner is worse than greedy: it reaches {#planner} % of the goals, greedy {#greedy} %. That is {#points} points fewer ({#low} to {#high}).',
    'Der Planer ist schlechter als geradewegs: Er erreicht {#planner} % der Ziele, geradewegs {#greedy} %. Das sind {#points} Punkte weniger ({#low} bis {#high}).'
  ],
  [
    'The planner is no better than greedy: it reaches {#planner} % of the goals, greedy {#greedy} %. A difference of {#points} points ({#low} to {#high}) may be chance.',
    'Der Planer ist nicht besser als geradewegs: Er erreicht {#planner} % der Ziele, geradewegs {#greedy} %. Ein Unterschied von {#points} Punkten ({#low} bis {#high}) kann Zufall sein.'
  ],
  [
    'The planner is no better than greedy: it reaches {#planner} % of the goals, greedy {#greedy} %. A difference of {#points} points may be chance.',
    'Der Planer ist nicht besser als geradewegs: Er erreicht {#planner} % der Ziele, geradewegs {#greedy} %. Ein Unterschied von {#points} Punkten kann Zufall sein.'
  ],
  [
    'Going to the nearest place and back where it must reaches {#share} % and walks {#metres} m on average; the planner walks {#planner} m.',
    'Zum nächsten Ort zu gehen und, wo nötig, umzukehren erreicht {#share} % und geht im Mittel {#metres} m; der Planer geht {#planner} m.'
  ],
  [
    'Messages over the graph {@success} without), {@short} without), and {@true} without).',
    'Nachrichten über den Graphen: {@success} ohne); {@short} ohne); {@true} ohne).'
  ],
  [
    'helped success ({#with} % with, {#without} %',
    'mehr Ziele erreicht ({#with} % mit, {#without} %'
  ],
  [
    'harmed success ({#with} % with, {#without} %',
    'weniger Ziele erreicht ({#with} % mit, {#without} %'
  ],
  [
    'made no sure difference to success ({#with} % with, {#without} %',
    'kein sicherer Unterschied bei erreichten Zielen ({#with} % mit, {#without} %'
  ],
  [
    'helped short walks, SPL ({#with} % with, {#without} %',
    'kürzere Wege, SPL ({#with} % mit, {#without} %'
  ],
  [
    'harmed short walks, SPL ({#with} % with, {#without} %',
    'längere Wege, SPL ({#with} % mit, {#without} %'
  ],
  [
    'made no sure difference to short walks, SPL ({#with} % with, {#without} %',
    'kein sicherer Unterschied bei kurzen Wegen, SPL ({#with} % mit, {#without} %'
  ],
  [
    'helped keeping to the true way, nDTW ({#with} % with, {#without} %',
    'näher am wahren Weg, nDTW ({#with} % mit, {#without} %'
  ],
  [
    'harmed keeping to the true way, nDTW ({#with} % with, {#without} %',
    'weiter vom wahren Weg, nDTW ({#with} % mit, {#without} %'
  ],
  [
    'made no sure difference to keeping to the true way, nDTW ({#with} % with, {#without} %',
    'kein sicherer Unterschied beim wahren Weg, nDTW ({#with} % mit, {#without} %'
  ],
  [
    '{#count} of the buildings measured in [was|were] learned in as well, so this does not say how it does in unknown ones.',
    'In Gebäuden, in denen gemessen wurde, wurde auch gelernt ({#count}); das sagt nicht, wie es in unbekannten geht.'
  ],
  [
    'Instructions are not read and pictures of rooms are not used: everybody is told {@told}, and what places look like is made up from their names.',
    'Anweisungen werden nicht gelesen und Bilder von Räumen nicht verwendet: Allen wird gesagt, {@told}, und wie Orte aussehen, ist aus ihren Namen gebildet.'
  ],
  [
    'where the goal is with an error of {#metres} m on each axis',
    'wo das Ziel ist, mit einem Fehler von {#metres} m in jeder Richtung'
  ]
]
