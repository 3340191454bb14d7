# Ce que dit Ebb, en français. Le fichier anglais a les mêmes clés et les mêmes
# arguments. Un message dit ce qui s'est passé ; son `.hint`, ce qu'on peut essayer.

## What goes wrong with a file

failure-host-not-found = le nom du serveur n’a pas d’adresse
    .hint = vérifier l’adresse (faute de frappe ?) et le réseau
failure-resolve-failed = le nom du serveur n’a pas pu être résolu
    .hint = vérifier le réseau et ses serveurs de noms, puis réessayer
failure-refused = le serveur refuse la connexion
    .hint = vérifier le port dans l’adresse, ou réessayer plus tard
failure-unreachable = le serveur est inaccessible depuis ce réseau
    .hint = vérifier la connexion au réseau, puis réessayer
failure-connect-timeout = le serveur n’a pas accepté la connexion à temps
    .hint = réessayer plus tard, ou accorder plus de temps (--connect-timeout)
failure-connect-failed = la connexion n’a pas pu être établie
    .hint = vérifier la connexion au réseau, puis réessayer
failure-proxy = le proxy est inutilisable
    .hint = vérifier l’adresse du proxy, ou s’en passer (--proxy none)
failure-proxy-authentication = le proxy demande un utilisateur et un mot de passe
    .hint = les indiquer dans l’adresse du proxy : http://UTILISATEUR:MOTDEPASSE@SERVEUR:PORT
failure-certificate-expired = le certificat du serveur a expiré
    .hint = vérifier la date de cet ordinateur ; sinon, seul le responsable du serveur peut aider
failure-certificate-not-yet-valid = le certificat du serveur n’est pas encore valable
    .hint = vérifier la date de cet ordinateur ; sinon, seul le responsable du serveur peut aider
failure-certificate-wrong-name = le certificat du serveur a été émis pour un autre nom
    .hint = vérifier l’adresse : ce n’est peut-être pas le serveur voulu
failure-certificate-unknown-issuer = le certificat du serveur vient d’un émetteur inconnu de cet ordinateur
    .hint = si l’émetteur est connu, fournir aussi son certificat (--cacert)
failure-certificate-revoked = le certificat du serveur a été révoqué
    .hint = ne pas se fier à ce serveur tant que son certificat n’a pas été remplacé
failure-certificate-other = on ne peut pas se fier au certificat du serveur
    .hint = vérifier l’adresse, et prévenir le responsable du serveur
failure-tls-handshake = aucune connexion sécurisée n’a pu être négociée
    .hint = vérifier que l’adresse et son port parlent https, puis réessayer
failure-status-unauthorized = le serveur demande un utilisateur et un mot de passe, ou d’autres (état HTTP { $status })
    .hint = indiquer un utilisateur et un mot de passe (--user)
failure-status-forbidden = le serveur n’autorise pas ce téléchargement (état HTTP { $status })
    .hint = le lien a peut-être expiré, ou demande un utilisateur ou un en-tête : obtenir un nouveau lien
failure-status-not-found = ce fichier n’existe pas sur le serveur (état HTTP { $status })
    .hint = vérifier l’adresse, ou chercher un lien plus récent
failure-status-gone = le fichier a été retiré du serveur (état HTTP { $status })
    .hint = chercher un lien plus récent
failure-status-legal = le serveur ne peut pas fournir ce fichier pour des raisons légales (état HTTP { $status })
    .hint = chercher une autre source
failure-status-too-many = le serveur reçoit trop de demandes (état HTTP { $status })
    .hint = réessayer plus tard, avec moins de connexions (-x 1)
failure-status-busy = le serveur est surchargé ou en maintenance (état HTTP { $status })
    .hint = réessayer plus tard
failure-status-timeout = le serveur s’est lassé d’attendre (état HTTP { $status })
    .hint = réessayer plus tard
failure-status-server = le serveur a lui-même un problème (état HTTP { $status })
    .hint = réessayer plus tard
failure-status-refused = le serveur n’accepte pas la demande (état HTTP { $status })
    .hint = vérifier l’adresse et les en-têtes indiqués
failure-status-empty = le serveur répond sans fichier (état HTTP { $status })
    .hint = vérifier l’adresse indiquée
failure-retry-after = réessayer dans { $time } : le serveur le demande
failure-retry-at = réessayer après { $moment } : le serveur le demande
failure-too-many-redirects = l’adresse renvoie ailleurs plus de dix fois de suite
    .hint = l’ouvrir dans un navigateur, et copier l’adresse du fichier même
failure-redirect-loop = l’adresse renvoie à elle-même
    .hint = l’ouvrir dans un navigateur, et copier l’adresse du fichier même
failure-redirect-insecure = le serveur renvoie d’une adresse sécurisée vers une qui ne l’est pas
    .hint = si cela convient malgré tout, indiquer soi-même l’adresse http
failure-redirect-invalid = le serveur renvoie vers une adresse qui ne mène nulle part
    .hint = l’ouvrir dans un navigateur, et copier l’adresse du fichier même
failure-bad-answer = la réponse du serveur n’a pas de sens
    .hint = vérifier qu’un serveur web répond à cette adresse, puis réessayer
failure-answer-timeout = le serveur a pris la demande et n’a pas répondu à temps
    .hint = réessayer plus tard, ou accorder plus de temps (--stall-timeout)
failure-range-mismatch = le serveur a envoyé une autre partie du fichier que celle demandée
    .hint = essayer avec une seule connexion (-x 1)
failure-ranges-refused = le serveur ne fournit plus de parties du fichier
    .hint = essayer avec une seule connexion (-x 1)
failure-range-not-satisfiable = le fichier du serveur est plus court que ce qui est déjà là
    .hint = il a peut-être été remplacé : réessayer pour le reprendre du début
failure-range-past-end = le fichier du serveur n’a que { $total }, moins que ce qui est déjà là
    .hint = il a peut-être été remplacé : réessayer pour le reprendre du début
failure-connection-lost = la connexion s’est interrompue avant la fin du fichier
    .hint = réessayer : le téléchargement reprend là où il en est
failure-stalled = plus rien n’arrive depuis trop longtemps
    .hint = réessayer, ou accorder plus de temps (--stall-timeout)
failure-unexpected-encoding = le serveur a envoyé le fichier compressé, contrairement à la demande
    .hint = essayer une autre adresse pour le fichier
failure-web-page = une page web est arrivée à la place du fichier
    .hint = ouvrir l’adresse dans un navigateur : elle demande peut-être de se connecter, ou le lien a expiré
failure-source-changed = le fichier du serveur n’est plus celui qui avait été commencé
    .hint = réessayer pour prendre le nouveau du début
failure-disk-full = le disque est plein
    .hint = faire de la place, ou choisir un autre dossier ; ce qui est là est conservé
failure-disk-full-needed = le disque est trop petit : il faudrait encore { $needed }
    .hint = faire de la place, ou choisir un autre dossier
failure-disk-full-free = le disque est trop petit : il faudrait encore { $needed }, il reste { $free }
    .hint = faire de la place, ou choisir un autre dossier
failure-permission-denied = l’écriture dans ce dossier n’est pas autorisée
    .hint = choisir un autre dossier, ou changer ses permissions
failure-read-only = le disque est en lecture seule
    .hint = choisir un dossier sur un autre disque
failure-not-a-folder = un élément du chemin du dossier est un fichier
    .hint = choisir un autre dossier
failure-destination-gone = le dossier a disparu pendant le téléchargement
    .hint = remettre le dossier ou son disque en place, puis réessayer
failure-file-too-large = le fichier est trop gros pour le système de fichiers de ce disque
    .hint = choisir un dossier sur un autre disque
failure-disk = le disque signale une erreur
    .hint = vérifier le disque, ou choisir un dossier sur un autre
failure-name-conflict = il existe déjà un fichier de ce nom
    .hint = choisir un autre nom ou dossier, ou une autre règle (--on-conflict)
failure-name-conflict-folder = il existe déjà un dossier de ce nom
    .hint = choisir un autre nom ou un autre dossier
failure-in-use = un autre téléchargement écrit ce fichier
    .hint = attendre qu’il finisse, ou choisir un autre nom ou dossier
failure-checksum-mismatch = ce n’est pas le fichier attendu : sa somme { $algorithm } est { $actual }, et non { $expected }
    .hint = vérifier la somme indiquée ; si elle est juste, ne pas utiliser ce fichier et le chercher ailleurs
failure-no-progress = rien n’est arrivé pendant { $time } ; en dernier : { $last }
failure-store = les données propres d’Ebb n’ont pas pu être écrites
    .hint = faire de la place sur le disque du dossier de données d’Ebb, et vérifier ses permissions
failure-credentials-needed = l’utilisateur, le mot de passe ou un en-tête doivent être indiqués à nouveau
    .hint = relancer le téléchargement en les indiquant

## What a command is refused for

refusal-not-found = rien ne porte cet identifiant
    .hint = voir ce qu’il y a : ebb list
refusal-ambiguous = plusieurs identifiants commencent ainsi
    .hint = en donner davantage de caractères
refusal-already-exists = cet identifiant est déjà pris
    .hint = en choisir un autre, ou aucun
refusal-empty = il n’y a rien dedans
    .hint = ajouter d’abord une URL
refusal-wrong-state = impossible dans cet état : { $state }
    .hint = regarder d’abord son état
refusal-not-supported = cela n’est pas pris en charge
    .hint = voir ce qui l’est : ebb help
refusal-invalid = cette valeur ne convient pas
    .hint = voir ce qui convient : ebb help

## Ebb itself cannot start

start-store = la base de données d’Ebb { $path } est inutilisable
    .hint = vérifier les permissions du dossier et son disque ; elle vient peut-être d’une version plus récente d’Ebb
start-network = les options du réseau sont inutilisables
    .hint = vérifier l’adresse du proxy et le certificat (--proxy, --cacert)
start-system = le système ne laisse pas démarrer Ebb
    .hint = fermer d’autres programmes, puis réessayer
start-no-folder = il n’y a pas de dossier pour les données d’Ebb
    .hint = en indiquer un par la variable EBB_HOME
start-folder = le dossier de données d’Ebb { $path } ne peut pas être créé
    .hint = vérifier ses permissions, ou en indiquer un autre par la variable EBB_HOME
start-in-use = un autre Ebb utilise cette file d’attente
    .hint = continuer dans celui-là, ou le fermer d’abord
engine-ended = le moteur d’Ebb s’est arrêté de façon inattendue
    .hint = relancer la même commande : elle reprend là où elle en est

## The line itself is wrong

link-empty = l’URL est vide
    .hint = en donner une, comme https://example.org/fichier.zip
link-no-scheme = l’URL n’a pas de schéma
    .hint = écrire https:// ou http:// devant
link-unsupported-scheme = le schéma { $scheme } n’est pas pris en charge
    .hint = prendre une adresse qui commence par https:// ou http://
link-invalid = ce n’est pas une URL
    .hint = vérifier qu’il n’y a pas de faute de frappe
link-too-long = l’URL dépasse 65 536 octets
    .hint = en chercher une plus courte
pattern-backwards = le motif { $pattern } compte à rebours
    .hint = écrire d’abord la plus petite borne, ou %5B pour un vrai crochet
too-many-urls = cela fait plus de { $most } URL
    .hint = en demander moins à la fois
no-urls = aucune URL n’est indiquée
    .hint = en donner au moins une, ou une liste avec -i
list-unreadable = la liste ne peut pas être lue
    .hint = vérifier son nom et ses permissions
list-not-text = cette ligne n’est pas du texte UTF-8
    .hint = enregistrer la liste en UTF-8
several-names = un seul nom pour plusieurs fichiers
    .hint = omettre -o, ou ne donner qu’une URL
several-checksums = une seule somme de contrôle pour plusieurs fichiers
    .hint = omettre --checksum, ou ne donner qu’une URL
name-empty = le nom est vide
    .hint = donner un nom, ou omettre -o
name-is-path = le nom est un chemin
    .hint = donner le dossier avec -d, et seulement le nom avec -o
name-is-output = la sortie standard ne peut pas recevoir un téléchargement
    .hint = donner un nom de fichier avec -o
folder-invalid = cela ne peut pas être un dossier
    .hint = donner le chemin d’un dossier
header-no-colon = un en-tête sans deux-points
    .hint = l’écrire ainsi : -H 'Nom: valeur'
header-name = ce n’est pas un nom d’en-tête
    .hint = utiliser lettres, chiffres et tirets avant les deux-points
header-value = la valeur de l’en-tête contient des sauts de ligne ou des caractères de contrôle
    .hint = donner chaque en-tête avec son propre -H
header-reserved = cet en-tête est envoyé par Ebb lui-même
    .hint = ne pas le donner
checksum-form = ce n’est pas une somme de contrôle
    .hint = l’écrire ainsi : --checksum sha-256=HEX
checksum-algorithm = ce type de somme de contrôle est inconnu
    .hint = utiliser md5, sha-1, sha-256 ou sha-512
checksum-length = une telle somme de contrôle n’a pas cette longueur
    .hint = il faut { $digits } chiffres : vérifier qu’il n’en manque pas
checksum-digits = une somme de contrôle n’a que les chiffres 0 à 9 et a à f
    .hint = vérifier qu’il n’y a pas de faute de frappe
proxy-invalid = ce n’est pas l’adresse d’un proxy
    .hint = l’écrire ainsi : --proxy http://SERVEUR:PORT, ou https, socks5, ou none
authority-unreadable = le fichier ne peut pas être lu
    .hint = vérifier son nom et ses permissions
authority-none = il n’y a pas de certificat dans ce fichier
    .hint = en donner un au format PEM : -----BEGIN CERTIFICATE-----
user-empty = le nom d’utilisateur est vide
    .hint = donner un nom, ou omettre --user
user-with-password = un mot de passe dans la ligne de commande peut être lu par d’autres
    .hint = ne donner que le nom, et le mot de passe dans la variable EBB_PASSWORD ou à la demande
no-terminal-for-password = il n’y a pas de terminal pour demander le mot de passe
    .hint = le donner dans la variable EBB_PASSWORD
password-not-text = la variable EBB_PASSWORD n’est pas du texte UTF-8
    .hint = l’enregistrer en UTF-8
password-prompt = Mot de passe de { $user } :
see-help = voir ebb help { $verb }
no-command = cette commande n’existe pas
    .hint = voir ebb help
no-window = cette version n’a pas de fenêtre
    .hint = télécharger avec : ebb get URL, et voir ebb help

## While it runs

note-started-over = le fichier a changé sur le serveur : reprise du début
note-retry = { $message } : nouvel essai dans { $time }
note-retry-now = { $message } : nouvel essai
note-no-network = pas de réseau : la suite quand il sera revenu
note-disk-full = { $message } : la suite quand il y aura de la place
note-destination = { $message } : la suite quand le dossier sera revenu
note-server-busy = { $message } : la suite quand le serveur aura une place
note-interrupted = arrêt ; tout est conservé, et la même commande reprend d’ici

progress-amount = { $bytes } sur { $size }
progress-left = encore { $time }
progress-more = et { $count } de plus
progress-files = { $done } sur { $total } fichiers
progress-failed = échecs : { $count }
progress-connecting = connexion
progress-verifying = vérification
progress-waiting = en attente
progress-retrying = réessai dans { $time }

time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s
time-minutes-only = { $minutes } min
time-hours = { $hours } h { $minutes } min
time-hours-only = { $hours } h
time-days = { $days } j { $hours } h
time-days-only = { $days } j

## Settings, files and folders on this computer

settings-set-aside = les paramètres étaient illisibles et ont maintenant leurs valeurs par défaut ; les anciens sont dans { $path }
    .hint = réparer ce fichier et lui rendre son ancien nom, ou refaire les réglages
settings-unreadable = les paramètres sont illisibles et ont maintenant leurs valeurs par défaut
    .hint = vérifier les permissions du fichier : il est remplacé dès qu’un réglage change
settings-bent = ces paramètres avaient des valeurs impossibles et ont maintenant celles par défaut : { $names }
    .hint = les régler à nouveau
settings-not-saved = les paramètres n’ont pas pu être enregistrés dans { $path }
    .hint = faire de la place sur le disque et vérifier les permissions du dossier ; d’ici là, ils ne valent que pour cette fois
settings-number = ce n’est pas un nombre entier de { $least } à { $most }
    .hint = en donner un de { $least } à { $most }
settings-folder-relative = il manque le début du chemin du dossier
    .hint = donner le chemin complet
settings-folder-not-text = le nom du dossier ne peut pas s’écrire en texte
    .hint = choisir un autre dossier, ou le renommer
settings-proxy = ce n’est pas l’adresse d’un proxy
    .hint = l’écrire ainsi : http://SERVEUR:PORT, ou avec https ou socks5
open-missing = { $path } n’est plus là
    .hint = le chercher là où il a pu être déplacé, ou le télécharger à nouveau
open-program = { $path } pourrait s’exécuter comme un programme, et Ebb n’en ouvre aucun
    .hint = l’afficher dans son dossier, et le lancer de là si sa provenance est sûre
open-failed = { $path } n’a pas pu être ouvert
    .hint = l’afficher dans son dossier, et y choisir un programme pour lui
trash-missing = { $path } n’est plus là
    .hint = il n’y a plus rien à faire
trash-failed = { $path } n’a pas pu être mis à la corbeille
    .hint = l’afficher dans son dossier, et l’y supprimer

## A row of the window

amount-unknown = { $bytes }, taille inconnue
files-all = { $count ->
    [one] { $count } fichier
   *[other] { $count } fichiers
}
waiting-retry = En attente : nouvel essai
waiting-network = En attente : pas de réseau
waiting-metered = En attente : réseau limité
waiting-schedule = En attente : horaire
waiting-paused = En attente : tout suspendu
waiting-disk-full = En attente : disque plein
waiting-destination = En attente : dossier
waiting-power = En attente : sur batterie
waiting-server-busy = En attente : serveur occupé
waiting-credentials = En attente : identification
waiting-until = nouvel essai dans { $time }
state-suspended = Suspendu
state-queued = En file
state-connecting = Connexion
state-transferring = Transfert
state-waiting = En attente
state-verifying = Vérification
state-complete = Terminé
state-error = Erreur
state-cancelled = Annulé
group-empty = Groupe vide
row-background = Arrière-plan
row-foreground = Premier plan
row-servers = { $count } serveurs
row-left = { $speed } · { $time }
row-expand = Afficher ses fichiers
row-collapse = Masquer ses fichiers

## What can be done

deed-suspend = Suspendre
deed-resume = Reprendre
deed-retry = Réessayer
deed-foreground = Au premier plan
deed-background = En arrière-plan
deed-cancel = Annuler
deed-remove = Retirer de la liste
deed-open = Ouvrir le fichier
deed-folder = Ouvrir le dossier
deed-trash = Mettre les fichiers à la corbeille
deed-top = Tout en haut
deed-up = Plus tôt
deed-down = Plus tard
deed-bottom = Tout en bas
deed-copy = Copier les liens
deed-rename = Renommer…
deed-limit = Limiter…

## The window

window-add = Ajouter
window-search = Rechercher
window-sort = Trier
window-settings = Paramètres
window-history = Historique
window-shortcuts = Raccourcis
window-clear = Retirer les terminés
window-details = Détails
filter-all = Tous
filter-active = Actifs
filter-waiting = En attente
filter-suspended = Suspendus
filter-finished = Terminés
filter-failed = Échoués
sort-queue = Ordre de la file
sort-name = Nom
sort-size = Taille
sort-progress = Progression
sort-speed = Vitesse
sort-left = Temps restant
sort-added = Date d’ajout
speed-all = Tous les transferts
mode-full = À fond
mode-polite = Discret
mode-suspended = Suspendu
mode-full-hint = Rien ne cède la place : tout aussi vite que les limites et les horaires le permettent
mode-polite-hint = L’arrière-plan n’utilise que ce dont personne d’autre n’a besoin
mode-suspended-hint = Rien n’est transféré
foot-groups = { $count ->
    [one] { $count } groupe
   *[other] { $count } groupes
}
foot-active = { $count ->
    [one] { $count } actif
   *[other] { $count } actifs
}
foot-chosen = { $count ->
    [one] { $count } sélectionné
   *[other] { $count } sélectionnés
}
foot-limit = Limite : { $rate }
foot-no-limit = Limite : aucune
foot-free = { $bytes } libres
empty-title = Encore rien ici
empty-text = Collez un lien, déposez une liste de liens ou appuyez sur Ajouter.
empty-filter = Aucun groupe de ce genre
empty-search = Aucun résultat
drop-here = Déposer ici des liens ou des listes de liens
clipboard-offer = Un lien est dans le presse-papiers : { $link }
clipboard-add = L’ajouter
undo-cancelled = { $count ->
    [1] { $name } sera annulé dans { $time }
   *[other] { $count } groupes seront annulés dans { $time }
}
undo = Revenir en arrière
close = Fermer
close-details = Fermer les détails

## Asked before something is cancelled

cancel-title = Annuler ?
cancel-text = { $files ->
    [one] { $files } fichier est terminé.
   *[other] { $files } fichiers sont terminés.
} { $groups ->
    [1] Les parties inachevées de ce groupe disparaissent dans tous les cas.
   *[other] Les parties inachevées de ces { $groups } groupes disparaissent dans tous les cas.
}
cancel-keep = Garder les fichiers terminés
cancel-delete = Les supprimer aussi
cancel-not = Ne pas annuler

## The keyboard

shortcuts-title = Raccourcis
shortcuts-readers = Les lecteurs d’écran ne peuvent pas encore lire cette fenêtre. Les commandes font la même chose : voir ebb help
shortcut-add = Ajouter des téléchargements
shortcut-paste = Ajouter ce qui est dans le presse-papiers
shortcut-search = Rechercher
shortcut-move = Monter et descendre
shortcut-extend = En sélectionner plusieurs
shortcut-all = Tout sélectionner
shortcut-expand = Afficher, masquer les fichiers
shortcut-toggle = Suspendre, reprendre
shortcut-foreground = Premier plan, arrière-plan
shortcut-cancel = Annuler, ou retirer de la liste
shortcut-undo = Revenir sur une annulation
shortcut-open = Ouvrir le fichier
shortcut-folder = Ouvrir le dossier
shortcut-copy = Copier les liens
shortcut-rename = Renommer
shortcut-menu = Menu de la sélection
shortcut-details = Détails
shortcut-earlier = Plus tôt dans la file
shortcut-later = Plus tard dans la file
shortcut-suspend-all = Tout suspendre, ou continuer
shortcut-history = Historique
shortcut-settings = Paramètres
shortcut-next = Bouton ou champ suivant
shortcut-previous = Le précédent
shortcut-close = Fermer ce qui est ouvert
shortcut-help = Cette liste
shortcut-quit = Quitter

## The end

quit-title = Enregistrement…
quit-text = Ebb se ferme dès que tout est en sûreté.

## The settings' screen

settings-title = Paramètres
settings-back = Retour
settings-time = ce n’est pas une durée de { $least } à { $most }, comme 30s ou 2m
section-downloads = Téléchargements
section-network = Réseau
section-notifications = Notifications
section-appearance = Apparence
section-language = Langue
section-startup = Démarrage
section-queue = File d’attente
setting-more = Plus
setting-less = Moins
setting-folder = Dossier
    .hint = Où vont les fichiers, sauf si un téléchargement dit autre chose
setting-folder-choose = Choisir…
setting-begin = Les nouveaux téléchargements commencent
    .hint = En arrière-plan, ils n’utilisent que ce dont personne d’autre n’a besoin
setting-begin-background = En arrière-plan
setting-begin-foreground = À pleine vitesse
setting-begin-suspended = Suspendus
setting-conflict = Quand un fichier de ce nom existe
    .hint = Rien n’est remplacé avant que le nouveau fichier soit complet
setting-conflict-rename = Autre nom
setting-conflict-overwrite = Remplacer
setting-conflict-skip = Laisser
setting-conflict-fail = Erreur
setting-parallel = Fichiers à la fois
    .hint = Les autres attendent leur tour
setting-connections = Connexions par fichier
    .hint = Au plus ; Ebb n’en ouvre une autre que si le fichier va ainsi plus vite
setting-host = Connexions par serveur
    .hint = Au plus, tous fichiers confondus : bien des serveurs en refusent davantage
setting-proxy = Proxy
    .hint = Le chemin vers Internet, là où il n’y en a pas de direct
setting-proxy-system = Celui du système
setting-proxy-none = Aucun
setting-proxy-own = Celui-ci
setting-proxy-password = Le mot de passe sert jusqu’à la fin d’Ebb et n’est pas enregistré
setting-connect-timeout = Attendre une connexion
    .hint = Ensuite elle compte comme échouée et est tentée à nouveau
setting-stall-timeout = Attendre l’octet suivant
    .hint = Ensuite la connexion compte comme perdue et une nouvelle est ouverte
setting-notify-done = Quand des téléchargements sont terminés
    .hint = Une seule notification pour plusieurs qui finissent ensemble
setting-notify-error = Quand un téléchargement échoue
    .hint = Seulement s’il y a quelque chose à faire, pas à chaque nouvel essai
setting-theme = Thème
    .hint = Clair ou sombre, ou comme le système
setting-theme-system = Système
setting-theme-light = Clair
setting-theme-dark = Sombre
setting-accent = Accent
    .hint = La couleur des téléchargements en arrière-plan et de ce qui est sélectionné
accent-ocean = Océan
accent-indigo = Indigo
accent-violet = Violet
accent-rose = Rose
accent-amber = Ambre
accent-moss = Mousse
setting-text-size = Taille du texte
    .hint = Toute la fenêtre grandit avec elle
setting-density = Lignes
    .hint = Combien de téléchargements tiennent dans la fenêtre
setting-density-comfortable = Aérées
setting-density-compact = Serrées
setting-renderer = Dessin par
    .hint = Vaut dès le prochain démarrage d’Ebb ; le processeur demande moins de mémoire
setting-renderer-software = Le processeur
setting-renderer-graphics = La carte graphique
setting-language = Ebb parle
    .hint = Dans cette fenêtre et ses notifications
setting-language-system = Celle du système
language-name = Français
setting-start = Téléchargements inachevés
    .hint = Ce qu’ils deviennent quand Ebb démarre
setting-start-continue = Continuer
setting-start-suspended = M’attendre
setting-clipboard = Proposer les liens du presse-papiers
    .hint = Quand un lien est copié, Ebb propose de le télécharger, et ne le fait jamais sans demander
setting-export = Exporter la file d’attente
    .hint = Tous les téléchargements dans un fichier, à garder ou à emporter ; sans les mots de passe
setting-export-button = Exporter…
setting-import = Importer une file d’attente
    .hint = Ajoute les téléchargements d’un tel fichier à ceux qui sont là
setting-import-button = Importer…

## The history

history-title = Historique
history-back = Retour
history-search = Rechercher
history-bytes = téléchargés
history-files = fichiers
history-groups = téléchargements
history-clear = Effacer l’historique
history-clear-really = Vraiment effacer ?
history-today = Aujourd’hui
history-yesterday = Hier
history-empty = Rien n’est encore terminé
    .hint = Ce qui a été téléchargé reste noté ici, même une fois retiré de la liste
history-no-match = Aucun résultat
    .hint = La recherche porte sur les noms, les serveurs et les dossiers
history-folder = Ouvrir le dossier

## The queue as a file

export-done = La file d’attente est écrite ; sans les mots de passe
export-failed = La file d’attente n’a pas pu être écrite là
import-unreadable = le fichier ne peut pas être lu
    .hint = vérifier ses permissions
import-not-a-queue = ce n’est pas une file d’attente d’Ebb
    .hint = choisir un fichier exporté par Ebb
import-bad-group = { $group } dans le fichier ne peut pas être repris
    .hint = rien n’a été ajouté ; corriger le fichier, ou l’exporter à nouveau

## No window

no-desktop = il n’y a pas de bureau où ouvrir une fenêtre
    .hint = utiliser les commandes : ebb help
no-window-system = la fenêtre ne peut pas être ouverte
    .hint = vérifier le bureau, ou utiliser les commandes : ebb help

## Told on the desktop

notice-completed = Téléchargement terminé
notice-failed = Échec du téléchargement

## The details of a group

details-none = Sélectionnez un groupe pour voir ses détails
details-overview = Aperçu
details-files = Fichiers
details-properties = Propriétés
details-log = Journal
details-speed = Vitesse
details-speeds = { $now } · maximum { $highest }
details-connections = { $count ->
    [one] { $count } connexion
   *[other] { $count } connexions
}
details-from = De
details-resumable = { $scheme }, peut reprendre
details-not-resumable = { $scheme }, ne peut pas reprendre
details-final-address = Adresse finale
details-to = Vers
details-size = Taille
details-size-files = { $size }, { $files }
details-checksum = Somme de contrôle
details-checksum-later = { $name }, vérifiée à la fin
details-checksum-right = { $name }, correcte
details-type = Type
details-modified = Dernière modification
details-server = Serveur
details-added = Ajouté
details-completed = Terminé
details-left = Temps restant
details-tries = { $count ->
    [one] { $count } essai
   *[other] { $count } essais
}
details-apply = Appliquer
remedy-change-link = Changer le lien
remedy-sign-in = S’identifier
remedy-copy-address = Copier l’adresse
remedy-choose-folder = Choisir un autre dossier
property-name = Nom
property-description = Description
property-priority = Priorité
property-limit = Limite, octets par seconde
property-connections = Connexions par fichier
property-parallel = Fichiers à la fois
property-user = Utilisateur
property-password = Mot de passe
property-on-complete = Commande à lancer à la fin
property-notify-done = M’avertir à la fin
property-notify-done-why = Un message sur le bureau
property-notify-error = M’avertir en cas d’échec
property-notify-error-why = Un message sur le bureau quand quelqu’un doit intervenir
property-no-limit = aucune limite
property-default = comme dans les paramètres
property-set = défini
property-not-set = non défini
property-bound-name = 256 caractères au plus
property-bound-description = 1 024 caractères au plus
property-bound-limit = octets par seconde, comme 500k ou 2M ; vide pour aucune limite
property-bound-connections = un nombre de 1 à 64 ; vide pour celui des paramètres
property-bound-parallel = un nombre de 1 à 256 ; vide pour celui des paramètres
property-bound-words = un guillemet n’est pas fermé
property-id = Identifiant
property-copy-id = Copier l’identifiant
property-created = Créé
property-jobs = Tâches
property-folder = Dossier
priority-high = Haute
priority-normal = Normale
priority-low = Basse
log-nothing = Il ne s’est rien passé depuis le démarrage d’Ebb
log-created = Créé, encore sans fichiers
log-added = { $count ->
    [one] { $count } fichier ajouté
   *[other] { $count } fichiers ajoutés
}
log-suspended = Suspendu
log-resumed = Repris
log-cancelled = Annulé
log-foreground = Passé au premier plan
log-background = Passé en arrière-plan
log-priority-high = Priorité : haute
log-priority-normal = Priorité : normale
log-priority-low = Priorité : basse
log-link = Le lien a été changé
log-folder-changed = Le dossier a été changé
log-begun = Commencé : { $size }
log-begun-unknown = Commencé ; la taille est inconnue
log-goes-on = Continue à partir de { $amount }
log-started-over = Repris du début : le contenu du serveur a changé
log-until = pas avant { $moment }
log-failed = Échec : { $message }
log-file-completed = Fichier terminé
log-completed = Tout est terminé
log-gave-up = Plus rien ne peut se faire sans vous

## Moments

moment-today = aujourd’hui, { $time }
moment-yesterday = hier, { $time }
moment-date = { $date }, { $time }
moment-day = { $day } { $month }
moment-day-year = { $day } { $month } { $year }
month-january = janv.
month-february = févr.
month-march = mars
month-april = avr.
month-may = mai
month-june = juin
month-july = juil.
month-august = août
month-september = sept.
month-october = oct.
month-november = nov.
month-december = déc.

## The add dialog

add-title = Ajouter des téléchargements
add-links-form = Collez ou tapez ici des liens, un par ligne
add-links = { $count ->
    [one] { $count } lien
   *[other] { $count } liens
}
add-aside = et une liste de { $bytes }, trop longue pour être affichée ici
add-aside-remove = Retirer la liste
add-repeated = dont { $count } en double
add-reading = Lecture…
add-one-trouble = la ligne { $line } n’a pas été comprise : { $why }
add-troubles = { $count ->
    [one] { $count } ligne n’a pas été comprise
   *[other] { $count } lignes n’ont pas été comprises
}
add-trouble = ligne { $line } : { $why }
add-troubles-more = Afficher plus de ces lignes
add-troubles-fewer = Afficher moins de ces lignes
add-name = Nom
add-folder = Dossier
add-choose = Choisir…
add-unfinished = { $count ->
    [one] { $count } de ces liens est déjà dans la file d’attente
   *[other] { $count } de ces liens sont déjà dans la file d’attente
}
add-unfinished-skip = Omettre ce qui y est déjà en route
add-finished = { $count ->
    [one] { $count } de ces liens a déjà été téléchargé
   *[other] { $count } de ces liens ont déjà été téléchargés
}
add-finished-skip = Omettre ce que la file a déjà terminé
add-taken-rename = { $count ->
    [one] { $count } fichier de ce nom est déjà dans le dossier ; le nouveau reçoit un autre nom
   *[other] { $count } fichiers de ces noms sont déjà dans le dossier ; les nouveaux reçoivent d’autres noms
}
add-taken-overwrite = { $count ->
    [one] { $count } fichier de ce nom est déjà dans le dossier ; il sera remplacé
   *[other] { $count } fichiers de ces noms sont déjà dans le dossier ; ils seront remplacés
}
add-taken-skip = { $count ->
    [one] { $count } fichier de ce nom est déjà dans le dossier ; il reste, et n’est pas téléchargé à nouveau
   *[other] { $count } fichiers de ces noms sont déjà dans le dossier ; ils restent, et ne sont pas téléchargés à nouveau
}
add-taken-fail = { $count ->
    [one] { $count } fichier de ce nom est déjà dans le dossier ; son téléchargement échouera
   *[other] { $count } fichiers de ces noms sont déjà dans le dossier ; leurs téléchargements échoueront
}
add-how = Comment
add-how-background = En arrière-plan
add-how-foreground = Premier plan
add-how-suspended = Suspendu
add-background-means = N’utilise que ce dont personne d’autre n’a besoin ; modifiable à tout moment
add-foreground-means = Aussi vite que possible, à côté de tout le reste ; modifiable à tout moment
add-suspended-means = Rien n’est transféré avant la reprise
add-more = Plus : connexions, identification, en-têtes, somme de contrôle, limite, noms déjà pris
add-connections = Connexions par fichier
add-parallel = Fichiers à la fois
add-limit = Limite
add-limit-none = aucune, ou 500k, 2M
add-user = Utilisateur
add-password = Mot de passe
add-checksum = Somme de contrôle
add-headers = En-têtes
add-headers-form = Nom: valeur, un par ligne
add-conflict = Si un fichier du même nom existe
add-conflict-rename = Autre nom
add-conflict-overwrite = Remplacer
add-conflict-skip = Ignorer
add-conflict-fail = Erreur
add-priority = Priorité en arrière-plan
add-priority-high = Haute
add-priority-normal = Normale
add-priority-low = Basse
add-close = Annuler
add-do = { $count ->
    [0] Ajouter
    [one] Ajouter { $count } téléchargement
   *[other] Ajouter { $count } téléchargements
}
add-drop-large = { $name } dépasse { $most }
    .hint = déposer une liste plus courte
add-drop-binary = { $name } n’est pas un texte
    .hint = déposer une liste de liens, un par ligne
add-drop-unreadable = { $name } ne peut pas être lu
    .hint = vérifier ses permissions

## Mistakes in fields

typed-long = cela dépasse { $most } caractères
    .hint = le raccourcir
typed-rate = ce n’est pas une vitesse
    .hint = l’écrire comme 500k ou 2M, en octets par seconde
typed-no-user = un mot de passe sans utilisateur
    .hint = donner aussi l’utilisateur
typed-user-colon = il y a deux-points dans le nom d’utilisateur
    .hint = ne donner que le nom, et le mot de passe dans son propre champ
typed-checksum = ce n’est pas une somme de contrôle
    .hint = l’écrire comme sha-256=HEX
typed-checksum-one = une seule somme de contrôle pour plusieurs fichiers
    .hint = l’omettre, ou ne donner qu’un lien
typed-header = un en-tête sans deux-points
    .hint = l’écrire comme Nom: valeur
typed-header-value = la valeur de l’en-tête contient des caractères de contrôle
    .hint = les enlever

## One or two fields to change something

change-link = Changer le lien
change-link-field = Nouveau lien
change-sign-in = S’identifier
change-name = Renommer
change-group-limit = Limite de ce groupe
change-limit = Limite de tous les transferts
change-limit-field = Octets par seconde
change-ok = OK

## The queue from a shell

queue-empty = la file d’attente est vide
    .hint = y ajouter quelque chose avec : ebb add URL
queue-not-running = aucun Ebb n’est en marche
    .hint = en démarrer un avec : ebb serve, ou ouvrir la fenêtre
queue-lost = l’Ebb en marche s’est arrêté
    .hint = le redémarrer avec : ebb serve, ou ouvrir la fenêtre
queue-other-version = l’Ebb en marche est de version { $version }
    .hint = utiliser cette version-là, ou l’arrêter et démarrer celle-ci
queue-silent = l’Ebb en marche ne répond pas
    .hint = attendre un instant et réessayer ; sinon l’arrêter et le redémarrer
queue-not-understood = l’Ebb en marche et cette commande ne se comprennent pas
    .hint = l’arrêter et le redémarrer, pour que les deux soient de même version
add-into-group = ceci vaut pour un nouveau groupe, et --group en désigne un qui existe
    .hint = l’omettre, ou changer ce groupe avec : ebb set
set-no-value = une propriété sans valeur
    .hint = l’écrire ainsi : NOM=VALEUR ; seul password va sans valeur
set-password-shown = un mot de passe dans la ligne de commande peut être lu par d’autres
    .hint = n’écrire que password : il est demandé, ou lu sur l’entrée standard
set-password-unread = aucun mot de passe n’a pu être lu
    .hint = le donner en une ligne sur l’entrée standard, ou au terminal
set-password-prompt = Mot de passe :
queue-state = État
queue-flags = Indicateurs
queue-removed = Retiré
queue-notify = Avis

## La fenêtre sur ebb serve

remote-lost = la connexion à ebb serve est perdue
    .hint = attendre son retour, ou le redémarrer
remote-lost-again = La connexion à l’Ebb en cours est perdue ; nouvel essai…
foot-remote = Cette fenêtre pilote ebb serve. La fermer n’arrête aucun téléchargement.
quit-remote-title = Fermeture…
quit-remote-text = Les téléchargements continuent dans ebb serve.

## Quand la base de données ne peut pas être écrite

refusal-not-kept = la base de données d’Ebb ne peut pas être écrite : rien n’a été ajouté
    .hint = faire de la place sur le disque des données d’Ebb, ou vérifier ses permissions, et réessayer
refusal-kept-later = fait, mais pas enregistré : la base de données d’Ebb ne peut pas être écrite
    .hint = faire de la place sur le disque des données d’Ebb : ce sera alors enregistré, mais perdu si Ebb s’arrête avant
not-saved = la file d’attente n’a pas pu être enregistrée : les derniers changements sont perdus
    .hint = faire de la place sur le disque des données d’Ebb, ou vérifier ses permissions, avant de le relancer

## La commande d’un groupe

after-not-started = la commande à lancer à la fin n’a pas pu démarrer : { $program }
    .hint = vérifier que le programme et le dossier sont là, ou changer la commande

## Limits and times

log-anyway = Repris malgré l’horaire, le réseau ou la batterie
log-waits-again = Attend de nouveau l’horaire, le réseau et le secteur
schedule-words = une ligne comporte des jours, des heures, une classe et ce qui est permis
    .hint = comme : mon-fri 08-18 background off
schedule-days = ce ne sont pas des jours
    .hint = utilisez mon à sun, comme mon-fri ou sat,sun, ou daily
schedule-hours = ce ne sont pas des heures d’un jour
    .hint = utilisez 08-18, de 00-01 à 00-24
schedule-class = ce n’est ni foreground, ni background, ni all
    .hint = utilisez l’un d’eux
schedule-allowance = ce n’est ni full, ni off, ni des octets par seconde
    .hint = utilisez full, off ou un débit comme 500k
note-metered = la connexion est limitée : il continue de lui-même dès qu’une autre est là ; sans --background il n’attendrait pas
note-on-battery = sur batterie : il continue de lui-même dès que le secteur est revenu ; sans --background il n’attendrait pas

## What is free on a line

time-milliseconds = { $milliseconds } ms
courtesy-opening = cherche ce qui est libre
courtesy-taking = prend ce qui est libre : { $rate }
courtesy-yielding = cède la place à d’autres
courtesy-opening-short = cherche
courtesy-yielding-short = cède la place
courtesy-blind = Le délai de cette ligne n’est pas visible ici : la moitié de la vitesse maximale est utilisée à la place.
details-delay = Délai
details-delays = aller-retour { $trip }, dont { $queue } en attente

## Waiting for another hour, another network, the mains

waiting-goes-on = reprend dans { $time }
deed-anyway = Télécharger quand même
deed-wait-again = Attendre de nouveau
badge-anyway = Quand même
details-anyway = Sans égard au coût ni à l’heure

## Limits and times, in the settings

section-limits = Limites
section-times = Horaires
setting-limits = Octets par seconde au plus
    .hint = De tous les transferts ensemble, et de tous ceux d’une sorte ; comme 500k ou 2M, vide pour aucune limite ; elles valent dans tous les modes
setting-metered = Attendre sur les réseaux limités
    .hint = L’arrière-plan reprend dès qu’un réseau est là qui ne compte pas les octets
setting-battery = Attendre sur batterie
    .hint = L’arrière-plan reprend dès que le secteur est revenu
setting-schedule = Heures de la semaine
    .hint = Ce qui peut être transféré et quand, à l’heure de l’horloge
schedule-paint = Glissez sur les heures ou leurs noms ; ou flèches pour bouger, Maj pour choisir, Espace pour appliquer
schedule-full = Tout
schedule-limited = Limité
schedule-off = Rien
schedule-clear = Effacer
day-monday = lun.
day-tuesday = mar.
day-wednesday = mer.
day-thursday = jeu.
day-friday = ven.
day-saturday = sam.
day-sunday = dim.

## For what the whole background waits

foot-metered = L’arrière-plan attend : réseau limité
foot-battery = L’arrière-plan attend : sur batterie
foot-schedule = L’arrière-plan attend : horaire
