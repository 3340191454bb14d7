# Was Ebb sagt, auf Deutsch. Die englische Datei hat dieselben Schlüssel und
# dieselben Argumente. Eine Meldung sagt, was war; `.hint`, was zu versuchen ist.

## Was mit einer Datei schiefgeht

failure-host-not-found = zum Namen des Servers gibt es keine Adresse
    .hint = die Adresse auf Tippfehler prüfen, und das Netz
failure-resolve-failed = der Name des Servers ließ sich nicht nachschlagen
    .hint = das Netz und seine Namensserver prüfen, dann noch einmal versuchen
failure-refused = der Server lehnt die Verbindung ab
    .hint = den Port in der Adresse prüfen, oder es später noch einmal versuchen
failure-unreachable = der Server ist aus diesem Netz nicht erreichbar
    .hint = die Netzverbindung prüfen, dann noch einmal versuchen
failure-connect-timeout = der Server nahm die Verbindung nicht rechtzeitig an
    .hint = später noch einmal versuchen, oder mehr Zeit lassen (--connect-timeout)
failure-connect-failed = die Verbindung kam nicht zustande
    .hint = die Netzverbindung prüfen, dann noch einmal versuchen
failure-proxy = der Proxy ist nicht zu gebrauchen
    .hint = die Adresse des Proxys prüfen, oder ohne ihn auskommen (--proxy none)
failure-proxy-authentication = der Proxy verlangt Benutzer und Passwort
    .hint = beides in der Adresse des Proxys angeben: http://BENUTZER:PASSWORT@SERVER:PORT
failure-certificate-expired = das Zertifikat des Servers ist abgelaufen
    .hint = das Datum dieses Rechners prüfen; sonst kann nur der Betreiber des Servers helfen
failure-certificate-not-yet-valid = das Zertifikat des Servers gilt noch nicht
    .hint = das Datum dieses Rechners prüfen; sonst kann nur der Betreiber des Servers helfen
failure-certificate-wrong-name = das Zertifikat des Servers gilt für einen anderen Namen
    .hint = die Adresse prüfen: womöglich ist es nicht der gemeinte Server
failure-certificate-unknown-issuer = das Zertifikat des Servers kommt von niemandem, dem dieser Rechner vertraut
    .hint = wenn der Aussteller bekannt ist, auch dessen Zertifikat angeben (--cacert)
failure-certificate-revoked = das Zertifikat des Servers wurde widerrufen
    .hint = dem Server nicht trauen, bis der Betreiber das Zertifikat ersetzt hat
failure-certificate-other = dem Zertifikat des Servers ist nicht zu trauen
    .hint = die Adresse prüfen, und dem Betreiber des Servers Bescheid geben
failure-tls-handshake = es kam keine sichere Verbindung zustande
    .hint = prüfen, ob Adresse und Port https sprechen, dann noch einmal versuchen
failure-status-unauthorized = der Server verlangt Benutzer und Passwort, oder andere (HTTP-Status { $status })
    .hint = Benutzer und Passwort angeben (--user)
failure-status-forbidden = der Server erlaubt diesen Download nicht (HTTP-Status { $status })
    .hint = der Link ist womöglich abgelaufen oder braucht einen Benutzer oder einen Header: einen frischen Link holen
failure-status-not-found = auf dem Server gibt es keine solche Datei (HTTP-Status { $status })
    .hint = die Adresse prüfen, oder einen neueren Link suchen
failure-status-gone = die Datei wurde vom Server entfernt (HTTP-Status { $status })
    .hint = einen neueren Link suchen
failure-status-legal = der Server darf diese Datei aus rechtlichen Gründen nicht herausgeben (HTTP-Status { $status })
    .hint = eine andere Quelle suchen
failure-status-too-many = der Server wird zu oft gefragt (HTTP-Status { $status })
    .hint = später noch einmal versuchen, mit weniger Verbindungen (-x 1)
failure-status-busy = der Server ist überlastet oder wird gewartet (HTTP-Status { $status })
    .hint = später noch einmal versuchen
failure-status-timeout = dem Server wurde das Warten zu lang (HTTP-Status { $status })
    .hint = später noch einmal versuchen
failure-status-server = der Server hat selbst ein Problem (HTTP-Status { $status })
    .hint = später noch einmal versuchen
failure-status-refused = der Server nimmt die Anfrage nicht an (HTTP-Status { $status })
    .hint = die Adresse prüfen, und die angegebenen Header
failure-status-empty = der Server antwortet ohne eine Datei (HTTP-Status { $status })
    .hint = die Adresse prüfen
failure-retry-after = in { $time } noch einmal versuchen: darum bittet der Server
failure-retry-at = nach { $moment } noch einmal versuchen: darum bittet der Server
failure-too-many-redirects = die Adresse führt immer weiter, mehr als zehnmal
    .hint = sie im Browser öffnen, und die Adresse der Datei selbst kopieren
failure-redirect-loop = die Adresse führt zu sich selbst zurück
    .hint = sie im Browser öffnen, und die Adresse der Datei selbst kopieren
failure-redirect-insecure = der Server schickt von einer sicheren Adresse zu einer unsicheren
    .hint = wenn das in Ordnung ist, die http-Adresse selbst angeben
failure-redirect-invalid = der Server schickt zu einer Adresse, die nirgendwohin führt
    .hint = sie im Browser öffnen, und die Adresse der Datei selbst kopieren
failure-bad-answer = die Antwort des Servers ergibt keinen Sinn
    .hint = prüfen, ob an dieser Adresse ein Webserver antwortet, dann noch einmal versuchen
failure-answer-timeout = der Server nahm die Anfrage an und antwortete nicht rechtzeitig
    .hint = später noch einmal versuchen, oder mehr Zeit lassen (--stall-timeout)
failure-range-mismatch = der Server schickte einen anderen Teil der Datei als den verlangten
    .hint = mit einer Verbindung versuchen (-x 1)
failure-ranges-refused = der Server gibt keine Teile der Datei mehr heraus
    .hint = mit einer Verbindung versuchen (-x 1)
failure-range-not-satisfiable = die Datei auf dem Server ist kürzer als das, was schon da ist
    .hint = sie wurde womöglich ersetzt: noch einmal versuchen, um sie von vorn zu laden
failure-range-past-end = die Datei auf dem Server hat nur { $total }, weniger als schon da ist
    .hint = sie wurde womöglich ersetzt: noch einmal versuchen, um sie von vorn zu laden
failure-connection-lost = die Verbindung brach vor dem Ende der Datei ab
    .hint = noch einmal versuchen: es geht bei den Bytes weiter, die schon da sind
failure-stalled = zu lange kam kein Byte
    .hint = noch einmal versuchen, oder mehr Zeit lassen (--stall-timeout)
failure-unexpected-encoding = der Server schickte die Datei gepackt, obwohl er es lassen sollte
    .hint = eine andere Adresse für die Datei versuchen
failure-web-page = statt der Datei kam eine Webseite
    .hint = die Adresse im Browser öffnen: womöglich verlangt sie eine Anmeldung, oder der Link ist abgelaufen
failure-source-changed = die Datei auf dem Server ist nicht mehr die begonnene
    .hint = noch einmal versuchen, um die neue von vorn zu laden
failure-disk-full = die Platte ist voll
    .hint = Platz schaffen, oder einen anderen Ordner wählen; was da ist, bleibt
failure-disk-full-needed = die Platte ist zu klein: { $needed } wären noch nötig
    .hint = Platz schaffen, oder einen anderen Ordner wählen
failure-disk-full-free = die Platte ist zu klein: { $needed } wären noch nötig, { $free } sind frei
    .hint = Platz schaffen, oder einen anderen Ordner wählen
failure-permission-denied = in diesen Ordner darf nicht geschrieben werden
    .hint = einen anderen Ordner wählen, oder seine Rechte ändern
failure-read-only = die Platte lässt sich nur lesen
    .hint = einen Ordner auf einer anderen Platte wählen
failure-not-a-folder = ein Teil des Ordnerpfads ist eine Datei
    .hint = einen anderen Ordner wählen
failure-destination-gone = der Ordner ist während des Downloads verschwunden
    .hint = den Ordner oder seine Platte wieder bereitstellen, dann noch einmal versuchen
failure-file-too-large = die Datei ist größer, als das Dateisystem dieser Platte erlaubt
    .hint = einen Ordner auf einer anderen Platte wählen
failure-disk = die Platte meldet einen Fehler
    .hint = die Platte prüfen, oder einen Ordner auf einer anderen wählen
failure-name-conflict = eine Datei dieses Namens gibt es schon
    .hint = einen anderen Namen oder Ordner wählen, oder eine andere Regel (--on-conflict)
failure-name-conflict-folder = einen Ordner dieses Namens gibt es schon
    .hint = einen anderen Namen oder Ordner wählen
failure-in-use = ein anderer Download schreibt gerade diese Datei
    .hint = auf ihn warten, oder einen anderen Namen oder Ordner wählen
failure-checksum-mismatch = die Datei ist nicht die erwartete: ihr { $algorithm }-Wert ist { $actual }, nicht { $expected }
    .hint = die angegebene Prüfsumme prüfen; stimmt sie, diese Datei nicht verwenden und anderswo laden
failure-no-progress = { $time } lang kam nichts; zuletzt: { $last }
failure-store = Ebbs eigene Aufzeichnungen ließen sich nicht schreiben
    .hint = auf der Platte von Ebbs Datenordner Platz schaffen, und seine Rechte prüfen
failure-credentials-needed = Benutzer, Passwort oder ein Header müssen noch einmal angegeben werden
    .hint = den Download mit ihnen noch einmal starten

## Warum ein Befehl abgelehnt wird

refusal-not-found = mit dieser Kennung gibt es nichts
    .hint = nachsehen, was es gibt: ebb list
refusal-ambiguous = mehrere Kennungen fangen so an
    .hint = mehr von der Kennung angeben
refusal-already-exists = diese Kennung ist vergeben
    .hint = eine andere wählen, oder keine
refusal-empty = es ist nichts darin
    .hint = zuerst eine URL hinzufügen
refusal-wrong-state = das geht nicht in diesem Zustand: { $state }
    .hint = zuerst den Zustand ansehen
refusal-not-supported = das wird nicht unterstützt
    .hint = nachsehen, was unterstützt wird: ebb help
refusal-invalid = dieser Wert geht nicht
    .hint = nachsehen, was geht: ebb help

## Ebb selbst kann nicht starten

start-store = Ebbs Datenbank { $path } ist nicht zu gebrauchen
    .hint = die Rechte des Ordners und seine Platte prüfen; womöglich hat sie eine spätere Version von Ebb geschrieben
start-network = die Angaben zum Netz sind nicht zu gebrauchen
    .hint = die Adresse des Proxys und das Zertifikat prüfen (--proxy, --cacert)
start-system = das System lässt Ebb nicht starten
    .hint = andere Programme schließen, dann noch einmal versuchen
start-no-folder = für Ebbs Daten gibt es keinen Ordner
    .hint = einen mit der Variablen EBB_HOME angeben
start-folder = Ebbs Datenordner { $path } lässt sich nicht anlegen
    .hint = seine Rechte prüfen, oder mit der Variablen EBB_HOME einen anderen angeben
start-in-use = ein anderes Ebb verwendet diese Warteschlange
    .hint = dort weitermachen oder es zuerst beenden
engine-ended = Ebbs Motor hat unerwartet aufgehört
    .hint = denselben Befehl noch einmal geben: es geht bei den Bytes weiter, die schon da sind

## Die Zeile selbst ist falsch

link-empty = die URL ist leer
    .hint = eine angeben, wie https://example.org/datei.zip
link-no-scheme = der URL fehlt das Schema
    .hint = https:// oder http:// davor schreiben
link-unsupported-scheme = das Schema { $scheme } wird nicht unterstützt
    .hint = eine Adresse nehmen, die mit https:// oder http:// anfängt
link-invalid = das ist keine URL
    .hint = sie auf Tippfehler prüfen
link-too-long = die URL ist länger als 65.536 Bytes
    .hint = eine kürzere suchen
pattern-backwards = das Muster { $pattern } zählt rückwärts
    .hint = das kleinere Ende zuerst schreiben, oder %5B für eine gemeinte Klammer
too-many-urls = das sind mehr als { $most } URLs
    .hint = weniger auf einmal verlangen
no-urls = es ist keine URL angegeben
    .hint = mindestens eine angeben, oder eine Liste mit -i
list-unreadable = die Liste lässt sich nicht lesen
    .hint = ihren Namen und ihre Rechte prüfen
list-not-text = diese Zeile ist kein UTF-8-Text
    .hint = die Liste als UTF-8 speichern
several-names = ein Name für mehrere Dateien
    .hint = -o weglassen, oder nur eine URL angeben
several-checksums = eine Prüfsumme für mehrere Dateien
    .hint = --checksum weglassen, oder nur eine URL angeben
name-empty = der Name ist leer
    .hint = einen Namen angeben, oder -o weglassen
name-is-path = der Name ist ein Pfad
    .hint = den Ordner mit -d angeben, und mit -o nur den Namen
name-is-output = die Standardausgabe ist kein Ort für einen Download
    .hint = mit -o den Namen einer Datei angeben
folder-invalid = das kann kein Ordner sein
    .hint = den Pfad eines Ordners angeben
header-no-colon = ein Header ohne Doppelpunkt
    .hint = so schreiben: -H 'Name: Wert'
header-name = das ist kein Name eines Headers
    .hint = vor dem Doppelpunkt Buchstaben, Ziffern und Bindestriche verwenden
header-value = im Wert des Headers sind Zeilenumbrüche oder Steuerzeichen
    .hint = jeden Header mit einem eigenen -H angeben
header-reserved = diesen Header sendet Ebb selbst
    .hint = ihn weglassen
checksum-form = das ist keine Prüfsumme
    .hint = so schreiben: --checksum sha-256=HEX
checksum-algorithm = diese Art von Prüfsumme ist nicht bekannt
    .hint = md5, sha-1, sha-256 oder sha-512 verwenden
checksum-length = so lang ist eine solche Prüfsumme nicht
    .hint = { $digits } Ziffern sind nötig: prüfen, ob keine fehlt
checksum-digits = eine Prüfsumme hat nur die Ziffern 0 bis 9 und a bis f
    .hint = sie auf Tippfehler prüfen
proxy-invalid = das ist keine Adresse eines Proxys
    .hint = so schreiben: --proxy http://SERVER:PORT, oder https, socks5, oder none
authority-unreadable = die Datei lässt sich nicht lesen
    .hint = ihren Namen und ihre Rechte prüfen
authority-none = in dieser Datei ist kein Zertifikat
    .hint = eines in PEM-Form angeben: -----BEGIN CERTIFICATE-----
user-empty = der Name des Benutzers ist leer
    .hint = einen Namen angeben, oder --user weglassen
user-with-password = ein Passwort in der Befehlszeile können andere lesen
    .hint = nur den Namen angeben, und das Passwort in der Variablen EBB_PASSWORD oder auf Nachfrage
no-terminal-for-password = es gibt kein Terminal, um nach dem Passwort zu fragen
    .hint = es in der Variablen EBB_PASSWORD angeben
password-not-text = die Variable EBB_PASSWORD ist kein UTF-8-Text
    .hint = sie als UTF-8 speichern
password-prompt = Passwort für { $user }:
see-help = siehe ebb help { $verb }
no-command = diesen Befehl gibt es nicht
    .hint = siehe ebb help
no-window = diese Ausgabe hat kein Fenster
    .hint = laden mit: ebb get URL, und siehe ebb help

## Während es läuft

note-started-over = die Datei auf dem Server ist eine andere geworden: es geht von vorn los
note-retry = { $message }: neuer Versuch in { $time }
note-retry-now = { $message }: neuer Versuch
note-no-network = kein Netz: es geht weiter, wenn es wieder da ist
note-disk-full = { $message }: es geht weiter, wenn Platz ist
note-destination = { $message }: es geht weiter, wenn der Ordner wieder da ist
note-server-busy = { $message }: es geht weiter, wenn der Server Platz hat
note-interrupted = es wird angehalten; alles bleibt, und derselbe Befehl geht hier weiter

progress-amount = { $bytes } von { $size }
progress-left = noch { $time }
progress-more = und { $count } weitere
progress-files = { $done } von { $total } Dateien
progress-failed = { $count } fehlgeschlagen
progress-connecting = verbindet
progress-verifying = prüft
progress-waiting = wartet
progress-retrying = neuer Versuch in { $time }

time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s
time-minutes-only = { $minutes } min
time-hours = { $hours } h { $minutes } min
time-hours-only = { $hours } h
time-days = { $days } Tg. { $hours } h
time-days-only = { $days } Tg.

## Einstellungen, Dateien und Ordner auf diesem Rechner

settings-set-aside = die Einstellungen ließen sich nicht lesen und sind jetzt die üblichen; die alten stehen in { $path }
    .hint = diese Datei in Ordnung bringen und ihr den alten Namen zurückgeben, oder sie neu vornehmen
settings-unreadable = die Einstellungen lassen sich nicht lesen und sind jetzt die üblichen
    .hint = die Rechte der Datei prüfen: sie wird ersetzt, wenn eine Einstellung geändert wird
settings-bent = diese Einstellungen hatten unmögliche Werte und haben jetzt die üblichen: { $names }
    .hint = sie neu vornehmen
settings-not-saved = die Einstellungen ließen sich nicht in { $path } speichern
    .hint = auf dem Datenträger Platz schaffen und die Rechte des Ordners prüfen; bis dahin gelten sie nur dieses Mal
settings-number = das ist keine ganze Zahl von { $least } bis { $most }
    .hint = eine von { $least } bis { $most } angeben
settings-folder-relative = dem Pfad des Ordners fehlt der Anfang
    .hint = den ganzen Pfad angeben
settings-folder-not-text = der Name des Ordners lässt sich nicht als Text schreiben
    .hint = einen anderen Ordner wählen, oder ihn umbenennen
settings-proxy = das ist keine Adresse eines Proxys
    .hint = so schreiben: http://SERVER:PORT, oder mit https oder socks5
open-missing = { $path } ist nicht mehr da
    .hint = dort suchen, wohin es verschoben sein kann, oder noch einmal laden
open-program = { $path } könnte als Programm laufen, und Ebb öffnet keines
    .hint = es im Ordner anzeigen, und dort starten, wenn die Herkunft vertrauenswürdig ist
open-failed = { $path } ließ sich nicht öffnen
    .hint = es im Ordner anzeigen, und dort ein Programm dafür wählen
trash-missing = { $path } ist nicht mehr da
    .hint = es bleibt nichts zu tun
trash-failed = { $path } ließ sich nicht in den Papierkorb legen
    .hint = es im Ordner anzeigen, und dort löschen

## Eine Zeile des Fensters

amount-unknown = { $bytes }, Größe unbekannt
files-all = { $count ->
    [one] 1 Datei
   *[other] { $count } Dateien
}
waiting-retry = Wartet: neuer Versuch
waiting-network = Wartet: kein Netz
waiting-metered = Wartet: getaktetes Netz
waiting-schedule = Wartet: Zeitplan
waiting-paused = Wartet: alles angehalten
waiting-disk-full = Wartet: Datenträger voll
waiting-destination = Wartet: Ordner
waiting-power = Wartet: Akkubetrieb
waiting-server-busy = Wartet: Server belegt
waiting-credentials = Wartet: Anmeldung
waiting-until = nächster Versuch in { $time }
state-suspended = Angehalten
state-queued = In der Schlange
state-connecting = Verbindet
state-transferring = Überträgt
state-waiting = Wartet
state-verifying = Prüft
state-complete = Fertig
state-error = Fehler
state-cancelled = Abgebrochen
group-empty = Leere Gruppe
row-background = Hintergrund
row-foreground = Vordergrund
row-servers = { $count } Server
row-left = { $speed } · { $time }
row-expand = Dateien zeigen
row-collapse = Dateien verbergen

## Was getan werden kann

deed-suspend = Anhalten
deed-resume = Fortsetzen
deed-retry = Noch einmal versuchen
deed-foreground = In den Vordergrund
deed-background = In den Hintergrund
deed-cancel = Abbrechen
deed-remove = Aus der Liste nehmen
deed-open = Datei öffnen
deed-folder = Ordner öffnen
deed-trash = Dateien in den Papierkorb
deed-top = Ganz nach oben
deed-up = Früher
deed-down = Später
deed-bottom = Ganz nach unten
deed-copy = Links kopieren
deed-rename = Umbenennen …
deed-limit = Begrenzen …

## Das Fenster

window-add = Hinzufügen
window-search = Suchen
window-sort = Ordnen
window-settings = Einstellungen
window-history = Verlauf
window-shortcuts = Tastenkürzel
window-clear = Fertige entfernen
window-details = Einzelheiten
filter-all = Alle
filter-active = Aktiv
filter-waiting = Wartend
filter-suspended = Angehalten
filter-finished = Fertig
filter-failed = Gescheitert
sort-queue = Reihenfolge der Schlange
sort-name = Name
sort-size = Größe
sort-progress = Fortschritt
sort-speed = Geschwindigkeit
sort-left = Restzeit
sort-added = Hinzugefügt
speed-all = Alle Übertragungen
mode-full = Volle Kraft
mode-polite = Höflich
mode-suspended = Pause
mode-full-hint = Niemand lässt den Vortritt: alles so schnell, wie Grenzen und Zeiten es erlauben
mode-polite-hint = Der Hintergrund nutzt nur, was sonst niemand braucht
mode-suspended-hint = Nichts wird übertragen
foot-groups = { $count ->
    [one] 1 Gruppe
   *[other] { $count } Gruppen
}
foot-active = { $count } aktiv
foot-chosen = { $count } gewählt
foot-limit = Grenze: { $rate }
foot-no-limit = Grenze: keine
foot-free = { $bytes } frei
empty-title = Noch nichts hier
empty-text = Link einfügen, eine Liste von Links hierher ziehen oder auf Hinzufügen drücken.
empty-filter = Keine Gruppe ist so
empty-search = Nichts gefunden
drop-here = Links oder Listen von Links hier ablegen
clipboard-offer = In der Zwischenablage ist ein Link: { $link }
clipboard-add = Hinzufügen
undo-cancelled = { $count ->
    [one] { $name } wird in { $time } abgebrochen
   *[other] { $count } Gruppen werden in { $time } abgebrochen
}
undo = Rückgängig
close = Schließen
close-details = Einzelheiten schließen

## Gefragt, bevor etwas abgebrochen wird

cancel-title = Abbrechen?
cancel-text = { $files ->
    [one] 1 Datei ist fertig.
   *[other] { $files } Dateien sind fertig.
} { $groups ->
    [one] Die unfertigen Teile dieser Gruppe gehen auf jeden Fall.
   *[other] Die unfertigen Teile dieser { $groups } Gruppen gehen auf jeden Fall.
}
cancel-keep = Fertige Dateien behalten
cancel-delete = Auch sie löschen
cancel-not = Nicht abbrechen

## Die Tastatur

shortcuts-title = Tastenkürzel
shortcuts-readers = Bildschirmleser können dieses Fenster noch nicht lesen. Die Befehle können dasselbe: siehe ebb help
shortcut-add = Downloads hinzufügen
shortcut-paste = Aus der Zwischenablage hinzufügen
shortcut-search = Suchen
shortcut-move = Auf und ab
shortcut-extend = Mehrere wählen
shortcut-all = Alle wählen
shortcut-expand = Dateien zeigen, verbergen
shortcut-toggle = Anhalten, fortsetzen
shortcut-foreground = Vordergrund, Hintergrund
shortcut-cancel = Abbrechen oder aus der Liste nehmen
shortcut-undo = Abbrechen rückgängig machen
shortcut-open = Datei öffnen
shortcut-folder = Ordner öffnen
shortcut-copy = Links kopieren
shortcut-rename = Umbenennen
shortcut-menu = Menü zum Gewählten
shortcut-details = Einzelheiten
shortcut-earlier = Früher in der Schlange
shortcut-later = Später in der Schlange
shortcut-suspend-all = Alles anhalten oder fortsetzen
shortcut-history = Verlauf
shortcut-settings = Einstellungen
shortcut-next = Nächster Knopf, nächstes Feld
shortcut-previous = Voriger Knopf, voriges Feld
shortcut-close = Schließen, was offen ist
shortcut-help = Diese Liste
shortcut-quit = Beenden

## Das Ende

quit-title = Wird gespeichert …
quit-text = Ebb schließt, sobald alles sicher ist.

## Die Einstellungen

settings-title = Einstellungen
settings-back = Zurück
settings-time = das ist keine Zeit von { $least } bis { $most }, wie 30s oder 2m
section-downloads = Downloads
section-network = Netz
section-notifications = Hinweise
section-appearance = Aussehen
section-language = Sprache
section-startup = Start
section-queue = Liste
setting-more = Mehr
setting-less = Weniger
setting-folder = Ordner
    .hint = Wohin Dateien kommen, wenn ein Download nichts anderes sagt
setting-folder-choose = Wählen…
setting-begin = Neue Downloads beginnen
    .hint = Im Hintergrund nutzen sie nur, was sonst niemand braucht
setting-begin-background = Im Hintergrund
setting-begin-foreground = Mit voller Kraft
setting-begin-suspended = Angehalten
setting-conflict = Wenn es die Datei schon gibt
    .hint = Nichts wird ersetzt, bevor die neue Datei vollständig ist
setting-conflict-rename = Anderer Name
setting-conflict-overwrite = Ersetzen
setting-conflict-skip = Behalten
setting-conflict-fail = Fehler
setting-parallel = Dateien gleichzeitig
    .hint = Die anderen warten, bis sie an der Reihe sind
setting-connections = Verbindungen je Datei
    .hint = Höchstens: Ebb öffnet weitere nur, wo es schneller wird
setting-host = Verbindungen je Server
    .hint = Höchstens, für alle Dateien: viele Server weisen mehr ab
setting-proxy = Proxy
    .hint = Der Weg ins Internet, wo es keinen direkten gibt
setting-proxy-system = Wie im System
setting-proxy-none = Keiner
setting-proxy-own = Dieser
setting-proxy-password = Das Passwort gilt, bis Ebb endet, und wird nicht gespeichert
setting-connect-timeout = Auf eine Verbindung warten
    .hint = Danach gilt sie als gescheitert und wird neu versucht
setting-stall-timeout = Auf das nächste Byte warten
    .hint = Danach gilt die Verbindung als verloren, und eine neue wird geöffnet
setting-notify-done = Wenn Downloads fertig sind
    .hint = Ein Hinweis für mehrere, die zusammen enden
setting-notify-error = Wenn ein Download scheitert
    .hint = Nur wenn etwas zu tun ist, nicht bei jedem neuen Versuch
setting-theme = Farben
    .hint = Hell oder dunkel, oder wie im System
setting-theme-system = System
setting-theme-light = Hell
setting-theme-dark = Dunkel
setting-accent = Akzent
    .hint = Die Farbe der Downloads im Hintergrund und dessen, was gewählt ist
accent-ocean = Meer
accent-indigo = Indigo
accent-violet = Violett
accent-rose = Rosa
accent-amber = Bernstein
accent-moss = Moos
setting-text-size = Schriftgröße
    .hint = Das ganze Fenster wächst mit
setting-density = Zeilen
    .hint = Wie viele Downloads ins Fenster passen
setting-density-comfortable = Luftig
setting-density-compact = Dicht
setting-renderer = Gezeichnet von
    .hint = Gilt ab dem nächsten Start von Ebb; der Prozessor braucht weniger Speicher
setting-renderer-software = Prozessor
setting-renderer-graphics = Grafikkarte
setting-language = Ebb spricht
    .hint = In diesem Fenster und seinen Hinweisen
setting-language-system = Wie im System
language-name = Deutsch
setting-start = Unfertige Downloads
    .hint = Was aus ihnen wird, wenn Ebb startet
setting-start-continue = Weiterladen
setting-start-suspended = Warten
setting-clipboard = Links der Zwischenablage anbieten
    .hint = Wird ein Link kopiert, bietet Ebb ihn an und lädt ihn nie ungefragt
setting-export = Liste exportieren
    .hint = Alle Downloads als Datei, zum Aufheben oder Mitnehmen; Passwörter stehen nicht darin
setting-export-button = Exportieren…
setting-import = Liste importieren
    .hint = Fügt die Downloads einer solchen Datei zu den vorhandenen hinzu
setting-import-button = Importieren…

## Der Verlauf

history-title = Verlauf
history-back = Zurück
history-search = Suchen
history-bytes = geladen
history-files = Dateien
history-groups = Downloads
history-clear = Verlauf leeren
history-clear-really = Wirklich leeren?
history-today = Heute
history-yesterday = Gestern
history-empty = Noch ist nichts fertig
    .hint = Was geladen wurde, bleibt hier verzeichnet, auch wenn es nicht mehr in der Liste steht
history-no-match = Nichts gefunden
    .hint = Gesucht wird in Namen, Servern und Ordnern
history-folder = Ordner öffnen

## Die Schlange als Datei

export-done = Die Schlange ist geschrieben; Kennwörter stehen nicht darin
export-failed = Die Schlange konnte dort nicht geschrieben werden
import-unreadable = die Datei lässt sich nicht lesen
    .hint = ihre Rechte prüfen
import-not-a-queue = das ist keine Schlange von Ebb
    .hint = eine Datei wählen, die Ebb geschrieben hat
import-bad-group = { $group } aus der Datei lässt sich nicht annehmen
    .hint = nichts wurde hinzugefügt; die Datei berichtigen oder neu schreiben lassen

## Kein Fenster

no-desktop = es gibt keine Arbeitsfläche für ein Fenster
    .hint = die Befehle verwenden: ebb help
no-window-system = das Fenster lässt sich nicht öffnen
    .hint = die Arbeitsfläche prüfen oder die Befehle verwenden: ebb help

## Auf der Arbeitsfläche gesagt

notice-completed = Download fertig
notice-failed = Download gescheitert

## Die Einzelheiten einer Gruppe

details-none = Eine Gruppe wählen, um ihre Einzelheiten zu sehen
details-overview = Übersicht
details-files = Dateien
details-properties = Eigenschaften
details-log = Verlauf
details-speed = Tempo
details-speeds = { $now } · höchstens { $highest }
details-connections = { $count ->
    [one] 1 Verbindung
   *[other] { $count } Verbindungen
}
details-from = Von
details-resumable = { $scheme }, kann fortsetzen
details-not-resumable = { $scheme }, kann nicht fortsetzen
details-final-address = Letzte Adresse
details-to = Nach
details-size = Größe
details-size-files = { $size }, { $files }
details-checksum = Prüfsumme
details-checksum-later = { $name }, wird am Ende geprüft
details-checksum-right = { $name }, stimmt
details-type = Art
details-modified = Zuletzt geändert
details-server = Server
details-added = Hinzugefügt
details-completed = Fertig
details-left = Restzeit
details-tries = { $count }-mal versucht
details-apply = Übernehmen
remedy-change-link = Link ändern
remedy-sign-in = Anmelden
remedy-copy-address = Adresse kopieren
remedy-choose-folder = Anderen Ordner wählen
property-name = Name
property-description = Beschreibung
property-priority = Vorrang
property-limit = Grenze, Bytes je Sekunde
property-connections = Verbindungen je Datei
property-parallel = Dateien zugleich
property-user = Benutzer
property-password = Passwort
property-on-complete = Befehl, wenn alles da ist
property-notify-done = Melden, wenn sie fertig ist
property-notify-done-why = Eine Nachricht auf dem Desktop
property-notify-error = Melden, wenn sie scheitert
property-notify-error-why = Eine Nachricht auf dem Desktop, wenn jemand gebraucht wird
property-no-limit = keine Grenze
property-default = wie in den Einstellungen
property-set = gesetzt
property-not-set = nicht gesetzt
property-bound-name = höchstens 256 Zeichen
property-bound-description = höchstens 1.024 Zeichen
property-bound-limit = Bytes je Sekunde, wie 500k oder 2M; leer für keine Grenze
property-bound-connections = eine Zahl von 1 bis 64; leer für die der Einstellungen
property-bound-parallel = eine Zahl von 1 bis 256; leer für die der Einstellungen
property-bound-words = ein Anführungszeichen ist nicht geschlossen
property-id = Kennung
property-copy-id = Kennung kopieren
property-created = Angelegt
property-jobs = Aufträge
property-folder = Ordner
priority-high = Hoch
priority-normal = Normal
priority-low = Niedrig
log-nothing = Seit dem Start von Ebb ist nichts geschehen
log-created = Angelegt, noch ohne Dateien
log-added = { $count ->
    [one] 1 Datei hinzugefügt
   *[other] { $count } Dateien hinzugefügt
}
log-suspended = Angehalten
log-resumed = Fortgesetzt
log-cancelled = Abgebrochen
log-foreground = In den Vordergrund geholt
log-background = In den Hintergrund gelegt
log-priority-high = Vorrang: hoch
log-priority-normal = Vorrang: normal
log-priority-low = Vorrang: niedrig
log-link = Der Link wurde geändert
log-folder-changed = Der Ordner wurde geändert
log-begun = Begonnen: { $size }
log-begun-unknown = Begonnen; die Größe ist unbekannt
log-goes-on = Es geht weiter bei { $amount }
log-started-over = Von vorn begonnen: auf dem Server liegt etwas anderes
log-until = nicht vor { $moment }
log-failed = Gescheitert: { $message }
log-file-completed = Datei fertig
log-completed = Alles fertig
log-gave-up = Ohne jemanden geht es nicht weiter

## Zeitpunkte

moment-today = heute, { $time }
moment-yesterday = gestern, { $time }
moment-date = { $date }, { $time }
moment-day = { $day }. { $month }
moment-day-year = { $day }. { $month } { $year }
month-january = Jan
month-february = Feb
month-march = März
month-april = Apr
month-may = Mai
month-june = Juni
month-july = Juli
month-august = Aug
month-september = Sep
month-october = Okt
month-november = Nov
month-december = Dez

## Der Dialog zum Hinzufügen

add-title = Downloads hinzufügen
add-links-form = Hier Links einfügen oder eintippen, einen je Zeile
add-links = { $count ->
    [one] 1 Link
   *[other] { $count } Links
}
add-aside = und eine Liste von { $bytes }, die zu lang ist, um hier zu stehen
add-aside-remove = Liste entfernen
add-repeated = { $count } davon doppelt
add-reading = Wird gelesen…
add-one-trouble = Zeile { $line } ist nicht verständlich: { $why }
add-troubles = { $count ->
    [one] 1 Zeile ist nicht verständlich
   *[other] { $count } Zeilen sind nicht verständlich
}
add-trouble = Zeile { $line }: { $why }
add-troubles-more = Mehr dieser Zeilen zeigen
add-troubles-fewer = Weniger dieser Zeilen zeigen
add-name = Name
add-folder = Ordner
add-choose = Wählen…
add-unfinished = { $count ->
    [one] 1 dieser Links ist schon in der Warteschlange
   *[other] { $count } dieser Links sind schon in der Warteschlange
}
add-unfinished-skip = Auslassen, was dort schon unterwegs ist
add-finished = { $count ->
    [one] 1 dieser Links wurde schon geladen
   *[other] { $count } dieser Links wurden schon geladen
}
add-finished-skip = Auslassen, was in der Warteschlange fertig ist
add-taken-rename = { $count ->
    [one] 1 Datei dieses Namens liegt schon im Ordner; die neue bekommt einen anderen Namen
   *[other] { $count } Dateien dieser Namen liegen schon im Ordner; die neuen bekommen andere Namen
}
add-taken-overwrite = { $count ->
    [one] 1 Datei dieses Namens liegt schon im Ordner; sie wird ersetzt
   *[other] { $count } Dateien dieser Namen liegen schon im Ordner; sie werden ersetzt
}
add-taken-skip = { $count ->
    [one] 1 Datei dieses Namens liegt schon im Ordner; sie bleibt, und wird nicht noch einmal geladen
   *[other] { $count } Dateien dieser Namen liegen schon im Ordner; sie bleiben, und werden nicht noch einmal geladen
}
add-taken-fail = { $count ->
    [one] 1 Datei dieses Namens liegt schon im Ordner; ihr Download wird fehlschlagen
   *[other] { $count } Dateien dieser Namen liegen schon im Ordner; ihre Downloads werden fehlschlagen
}
add-how = Wie
add-how-background = Im Hintergrund
add-how-foreground = Vordergrund
add-how-suspended = Angehalten
add-background-means = Nutzt nur, was sonst niemand nutzt; das lässt sich jederzeit ändern
add-foreground-means = So schnell es geht, neben allem anderen; das lässt sich jederzeit ändern
add-suspended-means = Nichts wird übertragen, bis es fortgesetzt wird
add-more = Mehr: Verbindungen, Anmeldung, Header, Prüfsumme, Grenze, vergebene Namen
add-connections = Verbindungen je Datei
add-parallel = Dateien zugleich
add-limit = Grenze
add-limit-none = keine, oder 500k, 2M
add-user = Benutzer
add-password = Passwort
add-checksum = Prüfsumme
add-headers = Header
add-headers-form = Name: Wert, einen je Zeile
add-conflict = Wenn es eine Datei dieses Namens schon gibt
add-conflict-rename = Anderer Name
add-conflict-overwrite = Ersetzen
add-conflict-skip = Auslassen
add-conflict-fail = Fehler
add-priority = Vorrang im Hintergrund
add-priority-high = Hoch
add-priority-normal = Normal
add-priority-low = Niedrig
add-close = Abbrechen
add-do = { $count ->
    [0] Hinzufügen
    [one] 1 Download hinzufügen
   *[other] { $count } Downloads hinzufügen
}
add-drop-large = { $name } ist größer als { $most }
    .hint = eine kürzere Liste ablegen
add-drop-binary = { $name } ist kein Text
    .hint = eine Liste von Links ablegen, einen je Zeile
add-drop-unreadable = { $name } lässt sich nicht lesen
    .hint = die Rechte der Datei prüfen

## Fehler in Feldern

typed-long = das ist länger als { $most } Zeichen
    .hint = es kürzen
typed-rate = das ist keine Geschwindigkeit
    .hint = so schreiben: 500k oder 2M, in Bytes je Sekunde
typed-no-user = ein Passwort ohne Benutzer
    .hint = auch den Benutzer angeben
typed-user-colon = im Namen des Benutzers ist ein Doppelpunkt
    .hint = nur den Namen angeben, und das Passwort in seinem eigenen Feld
typed-checksum = das ist keine Prüfsumme
    .hint = so schreiben: sha-256=HEX
typed-checksum-one = eine Prüfsumme für mehrere Dateien
    .hint = sie weglassen, oder nur einen Link angeben
typed-header = ein Header ohne Doppelpunkt
    .hint = so schreiben: Name: Wert
typed-header-value = im Wert des Headers sind Steuerzeichen
    .hint = sie weglassen

## Ein oder zwei Felder, um etwas zu ändern

change-link = Link ändern
change-link-field = Neuer Link
change-sign-in = Anmelden
change-name = Umbenennen
change-group-limit = Grenze dieser Gruppe
change-limit = Grenze aller Übertragungen
change-limit-field = Bytes je Sekunde
change-ok = OK

## Die Warteschlange in der Shell

queue-empty = die Warteschlange ist leer
    .hint = etwas hinzufügen mit: ebb add URL
queue-not-running = es läuft kein Ebb
    .hint = eines starten mit: ebb serve, oder das Fenster öffnen
queue-lost = das laufende Ebb hat sich beendet
    .hint = es wieder starten mit: ebb serve, oder das Fenster öffnen
queue-other-version = das laufende Ebb hat die Version { $version }
    .hint = jene Version verwenden, oder es beenden und diese starten
queue-silent = das laufende Ebb antwortet nicht
    .hint = einen Augenblick warten und es noch einmal versuchen; sonst es beenden und wieder starten
queue-not-understood = das laufende Ebb und dieser Befehl verstehen einander nicht
    .hint = es beenden und wieder starten, damit beide dieselbe Version haben
add-into-group = das gilt für eine neue Gruppe, und --group nennt eine, die es gibt
    .hint = es weglassen, oder jene Gruppe ändern mit: ebb set
set-no-value = eine Eigenschaft ohne Wert
    .hint = so schreiben: NAME=WERT; nur password steht allein
set-password-shown = ein Passwort in der Befehlszeile können andere lesen
    .hint = nur password schreiben: es wird erfragt oder von der Standardeingabe gelesen
set-password-unread = es ließ sich kein Passwort lesen
    .hint = es als eine Zeile der Standardeingabe angeben oder am Terminal
set-password-prompt = Passwort:
queue-state = Zustand
queue-flags = Merkmale
queue-removed = Entfernt
queue-notify = Meldungen

## Das Fenster über ebb serve

remote-lost = die Verbindung zu ebb serve ist unterbrochen
    .hint = warten, bis es wieder da ist, oder es neu starten
remote-lost-again = Die Verbindung zum laufenden Ebb ist unterbrochen; neuer Versuch …
foot-remote = Dieses Fenster steuert ebb serve. Es zu schließen hält keinen Download an.
quit-remote-title = Wird geschlossen …
quit-remote-text = Die Downloads laufen in ebb serve weiter.

## Wenn die Datenbank nicht geschrieben werden kann

refusal-not-kept = Ebbs Datenbank lässt sich nicht schreiben, deshalb wurde nichts hinzugefügt
    .hint = auf der Platte mit Ebbs Daten Platz schaffen oder die Rechte prüfen, und noch einmal versuchen
refusal-kept-later = getan, aber nicht gesichert: Ebbs Datenbank lässt sich nicht schreiben
    .hint = auf der Platte mit Ebbs Daten Platz schaffen: dann wird es gesichert; endet Ebb vorher, ist es verloren
not-saved = die Warteschlange konnte nicht gesichert werden: die letzten Änderungen sind verloren
    .hint = auf der Platte mit Ebbs Daten Platz schaffen oder die Rechte prüfen, und dann neu starten

## Der Befehl einer Gruppe

after-not-started = der Befehl, wenn alles da ist, ließ sich nicht starten: { $program }
    .hint = prüfen, ob das Programm und der Ordner da sind, oder den Befehl ändern

## Limits and times

log-anyway = Fortgesetzt, ungeachtet von Zeitplan, Netz und Akku
log-waits-again = Wartet wieder auf Zeitplan, Netz und Netzteil
schedule-words = eine Zeile hat Tage, Stunden, eine Klasse und was erlaubt ist
    .hint = etwa: mon-fri 08-18 background off
schedule-days = das sind keine Tage
    .hint = mon bis sun, etwa mon-fri oder sat,sun, oder daily verwenden
schedule-hours = das sind keine Stunden eines Tages
    .hint = 08-18 verwenden, von 00-01 bis 00-24
schedule-class = das ist weder foreground noch background noch all
    .hint = eins davon verwenden
schedule-allowance = das ist weder full noch off noch eine Anzahl Bytes pro Sekunde
    .hint = full, off oder eine Rate wie 500k verwenden
note-metered = getaktete Verbindung: es geht von selbst weiter, sobald eine andere da ist; ohne --background würde nicht gewartet
note-on-battery = Akkubetrieb: es geht von selbst weiter, sobald das Netzteil angeschlossen ist; ohne --background würde nicht gewartet

## What is free on a line

time-milliseconds = { $milliseconds } ms
courtesy-opening = prüft, was frei ist
courtesy-taking = nutzt, was frei ist: { $rate }
courtesy-yielding = lässt anderem den Vortritt
courtesy-opening-short = prüft
courtesy-yielding-short = lässt vor
courtesy-blind = Die Verzögerung dieser Leitung ist hier nicht zu sehen: stattdessen wird die Hälfte des höchsten Tempos genutzt.
details-delay = Verzögerung
details-delays = hin und zurück { $trip }, davon { $queue } Stau

## Waiting for another hour, another network, the mains

waiting-goes-on = weiter in { $time }
deed-anyway = Trotzdem laden
deed-wait-again = Wieder warten
badge-anyway = Trotzdem
details-anyway = Ungeachtet von Kosten und Uhrzeit

## Limits and times, in the settings

section-limits = Grenzen
section-times = Zeiten
setting-limits = Höchstens so viele Bytes pro Sekunde
    .hint = Für alle Übertragungen zusammen und für alle einer Art; wie 500k oder 2M, leer ist keine Grenze; sie gelten in jedem Modus
setting-metered = In getakteten Netzen warten
    .hint = Der Hintergrund geht weiter, sobald ein Netz da ist, das nicht nach Menge kostet
setting-battery = Im Akkubetrieb warten
    .hint = Der Hintergrund geht weiter, sobald das Netzteil angeschlossen ist
setting-schedule = Stunden der Woche
    .hint = Was wann übertragen werden darf, nach der Uhr an der Wand
schedule-paint = Über Stunden oder ihre Namen ziehen; oder mit Pfeilen bewegen, mit Umschalt wählen, Leertaste drücken
schedule-full = Voll
schedule-limited = Begrenzt
schedule-off = Nichts
schedule-clear = Leeren
day-monday = Mo
day-tuesday = Di
day-wednesday = Mi
day-thursday = Do
day-friday = Fr
day-saturday = Sa
day-sunday = So

## For what the whole background waits

foot-metered = Der Hintergrund wartet: getaktetes Netz
foot-battery = Der Hintergrund wartet: Akkubetrieb
foot-schedule = Der Hintergrund wartet: Zeitplan
